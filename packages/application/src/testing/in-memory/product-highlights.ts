import type { RankedProduct } from './listed-products.ts';
import { isMeant, wordsOf, type Term } from './product-search.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** With the words marked that were searched for. Of a description all is shown, and no passages. */
export function highlighted(
  { product, rank }: RankedProduct,
  terms: readonly Term[],
): RankedProduct {
  const description = marked(product.description, terms);
  const highlights = {
    name: marked(product.name, terms),
    description: description.includes('<mark>') ? description : null,
  };
  return { product: { ...product, highlights }, rank };
}

function marked(text: string, terms: readonly Term[]): string {
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return parts
    .map((part) => {
      const isFound = wordsOf(part).some((word) => terms.some((term) => isMeant(word, term)));
      const inert = part.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
      return isFound ? `<mark>${inert}</mark>` : inert;
    })
    .join('');
}
