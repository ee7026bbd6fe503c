import { err, ok, type Result } from 'neverthrow';

import { parseText, type FieldPath, type InvalidText } from './text.value.ts';

export type InvalidPhone = { readonly code: 'core.invalid_phone'; readonly path: FieldPath };

const LONGEST_PHONE = 40;

/** Digits with the separators that people write, 4 to 15 digits as in E.164. */
const PHONE = /^\+?(?:[\s().\-/]*[0-9]){4,15}[\s().\-/]*$/;

/** Reads a telephone number; it is kept as it was written. */
export function parsePhone(
  text: string,
  path: FieldPath = [],
): Result<string, InvalidText | InvalidPhone> {
  return parseText(text, { path, maximumLength: LONGEST_PHONE }).andThen(
    (phone): Result<string, InvalidPhone> =>
      PHONE.test(phone) ? ok(phone) : err({ code: 'core.invalid_phone', path }),
  );
}
