import { err, ok, type Result } from 'neverthrow';

export type Weight = {
  /** Settles ties: of equal remainders the smaller id gets the unit, by UTF-16 code units. */
  readonly id: string;
  /** Not negative; any scale, since only proportions count. */
  readonly weight: bigint;
};

export type AllocationError =
  | { readonly code: 'core.negative_weight'; readonly id: string }
  /** A whole that is not zero was to be shared among those who get nothing. */
  | { readonly code: 'core.nobody_to_allocate_to' };

/**
 * Shares a whole out by weight, in the order of the weights, and never loses a unit: the largest remainder
 * method (Hamilton) on the absolute amount. The parts add up to the whole, each differs from its
 * exact share by less than one, and a zero weight gets zero. Whoever shares zero among nobody gets zeros.
 */
export function allocate(
  whole: bigint,
  weights: readonly Weight[],
): Result<bigint[], AllocationError> {
  const negative = weights.find(({ weight }) => weight < 0n);
  if (negative !== undefined) return err({ code: 'core.negative_weight', id: negative.id });
  const byId = [...weights.entries()].toSorted(([, a], [, b]) => compareText(a.id, b.id));
  const inOrder = byId.map(([, { weight }]) => weight);
  if (whole !== 0n && inOrder.every((weight) => weight === 0n))
    return err({ code: 'core.nobody_to_allocate_to' });
  const parts = weights.map(() => 0n);
  for (const [place, part] of allocateInOrder(whole, inOrder).entries())
    parts[byId[place]?.[0] ?? 0] = part;
  return ok(parts);
}

/**
 * The same for weights that are known not to be negative: ties go to the one that stands earlier.
 * A whole that nobody has a weight for is shared by nobody: all parts are zero.
 */
export function allocateInOrder(whole: bigint, weights: readonly bigint[]): bigint[] {
  const [only] = weights;
  if (weights.length === 1 && only !== undefined && only > 0n) return [whole];
  let sum = 0n;
  for (const weight of weights) sum += weight;
  if (sum === 0n || whole === 0n) return weights.map(() => 0n);
  const isNegative = whole < 0n;
  const magnitude = isNegative ? -whole : whole;
  const parts: bigint[] = [];
  const remainders: Remainder[] = [];
  let missing = magnitude;
  for (const [index, weight] of weights.entries()) {
    const product = magnitude * weight;
    const part = product / sum;
    const rest = product - part * sum;
    parts.push(part);
    missing -= part;
    if (rest > 0n) remainders.push({ index, rest });
  }
  if (missing > 0n) {
    remainders.sort(largestFirst);
    for (const { index } of remainders.slice(0, Number(missing)))
      parts[index] = (parts[index] ?? 0n) + 1n;
  }
  return isNegative ? parts.map((part) => -part) : parts;
}

type Remainder = { readonly index: number; readonly rest: bigint };

function largestFirst(a: Remainder, b: Remainder): number {
  if (a.rest === b.rest) return a.index - b.index;
  return a.rest > b.rest ? -1 : 1;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
