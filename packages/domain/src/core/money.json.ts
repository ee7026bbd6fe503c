import type { Result } from 'neverthrow';

import type { MalformedJson } from './json-reader.ts';
import type { Money } from './money.value.ts';
import { readMoney } from './value-readers.ts';

/** Reads `{ "amount": "19.99", "currency": "USD" }` from any value: whatever else it is, is an error. */
export function parseMoney(json: unknown): Result<Money, MalformedJson> {
  return readMoney(json, []);
}
