import type { ProductView } from '../../catalog/product-view.ts';

/** The words of a text as they are compared: in lower case, without accents. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** What a product is found by: its words with what each is worth. */
type Field = { readonly words: readonly string[]; readonly weight: number };

function fieldsOf(product: ProductView): readonly Field[] {
  const { name, category, description, variants } = product;
  const skus = variants.flatMap(({ sku }) => [sku, sku.replaceAll(/[-_./ ]/g, '')]);
  return [
    { words: [name, ...skus].flatMap(wordsOf), weight: 1_000_000 },
    { words: wordsOf(category?.name ?? ''), weight: 400_000 },
    { words: termsOf(product).flatMap(wordsOf), weight: 100_000 },
    { words: wordsOf(description), weight: 10_000 },
  ];
}

/** By name, in lower case, all values that the product, its variants and their options have. */
export function filterableAttributes(
  product: ProductView,
): ReadonlyMap<string, ReadonlySet<string | number | boolean>> {
  const listed = new Map<string, Set<string | number | boolean>>();
  const facts: readonly (readonly [string, unknown])[] = [
    ...Object.entries(product.attributes),
    ...product.variants.flatMap(({ attributes }) => Object.entries(attributes)),
    ...product.variants.flatMap(({ options }) =>
      options.map(({ name, value }): [string, unknown] => [name, value]),
    ),
  ];
  for (const [name, fact] of facts) {
    const values = (Array.isArray(fact) ? fact : [fact]).filter(isScalar);
    const key = name.toLowerCase();
    if (values.length > 0) listed.set(key, new Set([...(listed.get(key) ?? []), ...values]));
  }
  return listed;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function termsOf(product: ProductView): readonly string[] {
  const values = [...filterableAttributes(product).values()].flatMap((listed) => [...listed]);
  return [...product.tags, ...values.filter((value) => typeof value !== 'boolean').map(String)];
}

/** How well a product fits: the sum of what its words are worth; null where it lacks one of them. */
export function rankOf(product: ProductView, terms: readonly Term[]): number | null {
  const fields = fieldsOf(product);
  let rank = 0;
  for (const term of terms) {
    const fits = fields.filter(({ words }) => words.some((word) => isMeant(word, term)));
    if (fits.length === 0) return null;
    rank += Math.max(...fits.map(({ weight }) => weight));
  }
  return terms.length === 0 ? null : rank;
}

/** A word of a search: any of these, or what begins so. */
export type Term = { readonly anyOf: readonly string[]; readonly isPrefix: boolean };

export function isMeant(word: string, { anyOf, isPrefix }: Term): boolean {
  return anyOf.some((wanted) => word === wanted || (isPrefix && word.startsWith(wanted)));
}

const MOST_TERMS = 10;

export function termsAsTheyStand(search: string): readonly Term[] {
  const words = wordsOf(search).slice(0, MOST_TERMS);
  return words.map((word, index) => ({
    anyOf: [word],
    isPrefix: index === words.length - 1 && word.length >= 2,
  }));
}

/** Each word that no product has replaced by the nearest that they have; none where one is like no other. */
export function nearestTerms(search: string, products: readonly ProductView[]): readonly Term[] {
  const vocabulary = new Set(
    products.flatMap((product) =>
      fieldsOf(product)
        .slice(0, -1)
        .flatMap(({ words }) => words.filter((word) => /^\D{3,40}$/.test(word))),
    ),
  );
  const terms = termsAsTheyStand(search).map((term) => nearest(term, [...vocabulary]));
  return terms.every(({ anyOf }) => anyOf.length > 0) ? terms : [];
}

function nearest(term: Term, vocabulary: readonly string[]): Term {
  const [word = ''] = term.anyOf;
  if (vocabulary.includes(word)) return { anyOf: [word], isPrefix: false };
  if (vocabulary.some((known) => isMeant(known, term))) return term;
  const allowed = word.length < 3 ? 0 : word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  const distances = vocabulary.map((known) => ({ known, distance: distanceOf(word, known) }));
  const least = Math.min(...distances.map(({ distance }) => distance));
  const anyOf = distances
    .filter(({ distance }) => distance === least && distance <= allowed)
    .map(({ known }) => known);
  return { anyOf, isPrefix: false };
}

/** Letters that have to be put in, taken out or changed. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [at, other] of [...to].entries()) {
      const changed = (row[at] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min((next[at] ?? 0) + 1, (row[at + 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
