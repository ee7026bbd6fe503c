/**
 * How an exact amount becomes a whole number of minor units. `half_up` rounds half away from zero,
 * `half_even` rounds half to the even neighbour (IEEE 754 roundTiesToEven). Both are symmetric:
 * rounding the negative is the negative of rounding.
 */
export const ROUNDING_MODES = ['half_up', 'half_even'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** A quotient to the nearest whole number. The denominator is positive. The one place where money is rounded. */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const isNegative = numerator < 0n;
  const magnitude = isNegative ? -numerator : numerator;
  const whole = magnitude / denominator;
  const twiceTheRest = (magnitude % denominator) * 2n;
  const isUp =
    twiceTheRest > denominator ||
    (twiceTheRest === denominator && (mode === 'half_up' || whole % 2n === 1n));
  const rounded = isUp ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}
