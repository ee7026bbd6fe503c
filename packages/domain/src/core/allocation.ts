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
  if (whole !== 0n && weights.every(({ weight }) => weight === 0n))
    return err({ code: 'core.nobody_to_allocate_to' });
  const byId = [...weights.entries()].toSorted(([, a], [, b]) => compareText(a.id, b.id));
  const parts = weights.map(() => 0n);
  for (const { item, part } of allocateTo(whole, byId, ([, { weight }]) => weight))
    parts[item[0]] = part;
  return ok(parts);
}

/** An item and what it gets. */
export type Allocated<Item> = { readonly item: Item; readonly part: bigint };

/**
 * The same for weights that are known not to be negative: ties go to the item that stands earlier.
 * A whole that nobody has a weight for is shared by nobody: all parts are zero.
 */
export function allocateTo<Item>(
  whole: bigint,
  items: readonly Item[],
  weightOf: (item: Item) => bigint,
): readonly Allocated<Item>[] {
  const weighed = items.map((item) => ({ item, weight: weightOf(item) }));
  let sum = 0n;
  for (const { weight } of weighed) sum += weight;
  if (sum === 0n || whole === 0n) return items.map((item) => ({ item, part: 0n }));
  const isNegative = whole < 0n;
  const magnitude = isNegative ? -whole : whole;
  let missing = magnitude;
  const shares = weighed.map(({ item, weight }, index) => {
    const product = magnitude * weight;
    const part = product / sum;
    missing -= part;
    return { item, part, rest: product - part * sum, index };
  });
  if (missing > 0n)
    for (const share of shares.toSorted(largestFirst).slice(0, Number(missing))) share.part += 1n;
  return isNegative ? shares.map(({ item, part }) => ({ item, part: -part })) : shares;
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
