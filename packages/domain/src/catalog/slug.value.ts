import { err, ok, type Result } from 'neverthrow';

import { isUuid } from '../core/ids.value.ts';
import type { FieldPath } from '../core/text.value.ts';

/** The readable part of a product's or category's address: lower-case letters and digits of any script, with hyphens. */
export type Slug = string & { readonly __brand: 'Slug' };

export type InvalidSlug = { readonly code: 'catalog.invalid_slug'; readonly path: FieldPath };

const LONGEST_SLUG = 120;
const SHAPE = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+)*$/u;

/** Addresses that the shop itself uses, or will use, where a slug stands: `products/export`, `categories/tree`. */
const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'bulk',
  'export',
  'facets',
  'import',
  'search',
  'tree',
]);

/** Reads a slug as given. One that looks like a UUID is refused: ids and slugs share an address. */
export function parseSlug(text: string, path: FieldPath = ['slug']): Result<Slug, InvalidSlug> {
  const fits = text.isWellFormed() && text.length <= LONGEST_SLUG && text === text.normalize('NFC');
  return fits && SHAPE.test(text) && !isUuid(text) && !RESERVED_SLUGS.has(text)
    ? ok(text as Slug)
    : err({ code: 'catalog.invalid_slug', path });
}

/** Marks that any script may borrow: accents, joiners, what makes a digit an emoji. Not the kana's voicing. */
const ACCENT = /(?![\u3099\u309a])\p{Script=Inherited}/gu;
const WORD = /[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]*/gu;

/**
 * Makes a slug of a name: accents dropped, everything but letters, their vowel
 * signs and digits a hyphen. A name that leaves nothing, or what cannot be a slug, gets `fallback`.
 */
export function slugOf(name: string, fallback: string): Slug {
  const words = name
    .normalize('NFKD')
    .replaceAll(ACCENT, '')
    .toLowerCase()
    .normalize('NFC')
    .matchAll(WORD);
  let slug = '';
  for (const [word] of words) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > LONGEST_SLUG - SUFFIX_ROOM) break;
    slug = longer;
  }
  const isFree = slug !== '' && !isUuid(slug) && !RESERVED_SLUGS.has(slug);
  return (isFree ? slug : fallback) as Slug;
}

const SUFFIX_ROOM = 16;
/** Not 12: four short words and 12 hexadecimal digits can be a UUID. */
const SUFFIX_DIGITS = 13;

/** The same slug made unique by the random end of an id, and shorter where there is no room for it. */
export function withSuffix(slug: Slug, id: string): Slug {
  let stem = '';
  for (const character of slug) {
    if (stem.length + character.length > LONGEST_SLUG - SUFFIX_ROOM) break;
    stem += character;
  }
  const suffix = id.replaceAll('-', '').slice(-SUFFIX_DIGITS);
  return `${stem.replace(/-$/, '')}-${suffix}` as Slug;
}
