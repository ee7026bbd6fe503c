import type { Result } from 'neverthrow';

import { parseText, type FieldPath, type InvalidText } from './text.value.ts';

/** A word that products are marked with and promotions aim at, in the form in which tags are compared: lower case. */
export type Tag = string & { readonly __brand: 'Tag' };

const LONGEST_TAG = 40;

/** Reads a tag in any case: at most 40 characters, trimmed and in lower case. Its error is that of any text. */
export function parseTag(text: string, path: FieldPath = ['tag']): Result<Tag, InvalidText> {
  const rule = { path, maximumLength: LONGEST_TAG };
  // Read once more in the end: the lower case of a letter may be two.
  return parseText(text, rule)
    .andThen((written) => parseText(written.toLowerCase(), rule))
    .map((folded) => folded as Tag);
}
