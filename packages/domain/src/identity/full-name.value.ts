import { Result } from 'neverthrow';

import { parseText, type InvalidText } from '../core/text.value.ts';

const LONGEST_NAME = 80;

/** What somebody is called, as it may be stored and shown. */
export type FullName = {
  readonly firstName: string;
  readonly lastName: string;
  readonly __brand: 'FullName';
};

export function parseFullName(typed: {
  readonly firstName: string;
  readonly lastName: string;
}): Result<FullName, InvalidText> {
  return Result.combine([
    parseText(typed.firstName, { path: ['firstName'], maximumLength: LONGEST_NAME }),
    parseText(typed.lastName, { path: ['lastName'], maximumLength: LONGEST_NAME }),
  ]).map(([firstName, lastName]) => ({ firstName, lastName }) as FullName);
}
