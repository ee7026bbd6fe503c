import fc from 'fast-check';

import { Rate } from '../core/rate.value.ts';

const MILLIONTHS = 1_000_000;
const TELLING = ['100', '50', '33.333333', '0.000001', '8.875', '99.999999', '19', '7.7', '0.5'];

const rateOf = (percentage: string) => Rate.parsePercentage(percentage)._unsafeUnwrap();
const telling = TELLING.map(rateOf);

/** A rate from nothing, or from a millionth of a percent, to 100 %, whole percentages and awkward ones. */
export function anyRate({ isPositive = false } = {}): fc.Arbitrary<Rate> {
  const min = isPositive ? 1 : 0;
  return fc.oneof(
    fc.integer({ min, max: 100 }).map((percents) => rateOf(percents.toString())),
    fc.constantFrom(...telling),
    fc.integer({ min, max: 100 * MILLIONTHS }).map((millionths) => {
      const fraction = (millionths % MILLIONTHS).toString().padStart(6, '0');
      return rateOf(`${Math.floor(millionths / MILLIONTHS)}.${fraction}`);
    }),
  );
}
