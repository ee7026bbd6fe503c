import type { Highlights } from '@kastoma/application/catalog';

import type { Queryable } from '../core/database.ts';
import { searchQuery, type ListingFilter } from './product-matching.ts';

/** Characters of nobody's: taken out of the texts first, they mark what was found, and are no HTML. */
const [BEGIN, END, BREAK] = ['\uE000', '\uE001', '\uE002'];
const MARKERS = BEGIN + END + BREAK;
const MARKS = `StartSel=${BEGIN}, StopSel=${END}`;

export type HighlightsRow = { readonly name: string; readonly description: string };

/** JSON of both texts of the `listing` around it, marked. */
export function highlightsColumn(sql: Queryable, filter: ListingFilter) {
  const query = searchQuery(sql, filter);
  return sql`(
    select json_build_object(
      'name', ts_headline(
        'catalog.marking', translate(product.name, ${MARKERS}, ''), ${query},
        ${`${MARKS}, HighlightAll=true`}
      ),
      'description', ts_headline(
        'catalog.marking', translate(left(product.description, 20000), ${MARKERS}, ''), ${query},
        ${`${MARKS}, MaxFragments=2, MaxWords=20, MinWords=8, FragmentDelimiter=${BREAK}`}
      )
    )
    from catalog.products product
    where product.id = listing.product_id
  )`;
}

export function toHighlights({ name, description }: HighlightsRow): Highlights {
  return {
    name: asHtml(name),
    description: description.includes(BEGIN) ? asHtml(description) : null,
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function asHtml(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replaceAll(BEGIN, '<mark>')
    .replaceAll(END, '</mark>')
    .replaceAll(BREAK, ' … ');
}
