import { err, ok, type Result } from 'neverthrow';

import { parseCountry } from './country.value.ts';
import { parseCurrency } from './currency.value.ts';
import { parseInstant } from './instant.value.ts';
import {
  malformedJson,
  objectOf,
  readText,
  readWholeNumber,
  textThat,
  type MalformedJson,
} from './json-reader.ts';
import { Money, type MoneyJson } from './money.value.ts';
import { Rate } from './rate.value.ts';
import type { FieldPath } from './text.value.ts';

export const readCurrency = textThat(parseCurrency);
export const readCountry = textThat(parseCountry);
/** RFC 3339 in UTC. */
export const readInstant = textThat(parseInstant);
/** Decimal text: `"8.875"` is 8.875 %. */
export const readPercentage = textThat((text) => Rate.parsePercentage(text));

/** Longer ones are nobody's amount; reading one costs the square of its length. */
const INTEGER = /^(?:0|-?[1-9][0-9]{0,999})$/;

/** A whole number of any size up to a thousand digits, as decimal text. */
export const readInteger = textThat((text) => (INTEGER.test(text) ? ok(BigInt(text)) : err(text)));

const readMoneyJson = objectOf<MoneyJson>({ amount: readText, currency: readText });

/** Money at its place in something larger. */
export function readMoney(json: unknown, path: FieldPath): Result<Money, MalformedJson> {
  return readMoneyJson(json, path).andThen((money) =>
    Money.parse(money).orElse(({ code }) =>
      malformedJson(
        [...path, code === 'core.unknown_currency' ? 'currency' : 'amount'],
        'malformed',
      ),
    ),
  );
}

/** Of an aggregate that was saved at least once. */
export function readVersion(json: unknown, path: FieldPath): Result<number, MalformedJson> {
  return readWholeNumber(json, path).andThen((version) =>
    version >= 1 ? ok(version) : malformedJson(path, 'malformed'),
  );
}
