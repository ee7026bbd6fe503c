import { Result } from 'neverthrow';

import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';

/** A first or a last name, as it may be stored and shown. */
export type PersonName = string & { readonly __brand: 'PersonName' };

const LONGEST_NAME = 80;

/** What somebody is called. */
export type FullName = {
  readonly firstName: PersonName;
  readonly lastName: PersonName;
  readonly __brand: 'FullName';
};

/** Reads one name, of any script: 1 to 80 characters. */
export function parsePersonName(
  text: string,
  path: FieldPath = [],
): Result<PersonName, InvalidText> {
  return parseText(text, { path, maximumLength: LONGEST_NAME }).map((name) => name as PersonName);
}

export function parseFullName(typed: {
  readonly firstName: string;
  readonly lastName: string;
}): Result<FullName, InvalidText> {
  return Result.combine([
    parsePersonName(typed.firstName, ['firstName']),
    parsePersonName(typed.lastName, ['lastName']),
  ]).map(([firstName, lastName]) => ({ firstName, lastName }) as FullName);
}
