import fc from 'fast-check';
import { expect, test } from 'vitest';

import { isInstant } from '../core/instant.value.ts';
import { anyCurrency } from '../testing/currency.arbitrary.ts';
import { anyInstant } from '../testing/instant.arbitrary.ts';
import { anyPromotionTerms } from '../testing/promotion.arbitrary.ts';
import { parsePromotionTerms, promotionTermsToJson } from './promotion-terms.json.ts';

const DAY = 86_400_000;

/** With a window that RFC 3339 can write. */
const anyTerms = () =>
  fc
    .record({
      currency: anyCurrency(),
      at: anyInstant().filter((at) => isInstant(at - DAY) && isInstant(at + DAY)),
    })
    .chain((facts) => anyPromotionTerms(facts));

test('terms that were written as JSON and read again are the same terms', () => {
  fc.assert(
    fc.property(anyTerms(), (terms) => {
      const text = JSON.stringify(promotionTermsToJson(terms));
      const again = parsePromotionTerms(JSON.parse(text))._unsafeUnwrap();
      expect(again).toStrictEqual(terms);
      expect(promotionTermsToJson(again)).toStrictEqual(JSON.parse(text));
    }),
  );
});

test('terms with one field more are no terms, wherever the field stands', () => {
  fc.assert(
    fc.property(anyTerms(), fc.nat(), (terms, choice) => {
      const json: unknown = JSON.parse(JSON.stringify(promotionTermsToJson(terms)));
      const objects = objectsOf(json);
      const chosen = objects[choice % objects.length];
      Object.assign(chosen ?? {}, { surplus: null });
      expect(parsePromotionTerms(json)._unsafeUnwrapErr().path.at(-1)).toBe('surplus');
    }),
  );
});

function objectsOf(json: unknown): readonly object[] {
  if (typeof json !== 'object' || json === null) return [];
  const inner = Object.values(json).flatMap(objectsOf);
  return Array.isArray(json) ? inner : [json, ...inner];
}
