import { allocateInOrder } from '../../core/allocation.ts';
import { divideRounded } from '../../core/rounding.ts';
import type { ExactAmount } from '../explanation.ts';
import type {
  BuyXGetYEffect,
  FixedAmountEffect,
  GoodsEffect,
  PercentageEffect,
} from '../promotion-effect.ts';
import {
  cheapestFirst,
  eligibleUnits,
  roomOf,
  worthOf,
  type UnitsOfGroup,
} from './eligible-units.ts';
import type { LineGroup } from './line-group.ts';
import type { Work } from './work.ts';

/** What an effect takes off which group, and how that came about. */
export type GoodsDiscount = {
  readonly parts: readonly { readonly group: LineGroup; readonly amount: bigint }[];
  readonly amount: bigint;
  readonly exact: ExactAmount;
  /** What the units that the effect is for were worth. */
  readonly eligible: bigint;
  readonly eligibleUnits: bigint;
  /** What minimum prices cut off and nobody else could take. */
  readonly dropped: bigint;
  /** Sets of a buy X get Y. */
  readonly repeats: bigint;
};

type Bounds = {
  /** What the promotion may still take off; null: as much as there is. */
  readonly maximumDiscount: bigint | null;
  readonly maximumRepeats: number | undefined;
};

/** How one effect would discount the goods as they stand now. */
export function discountGoods(
  groups: readonly LineGroup[],
  effect: GoodsEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const eligible = eligibleUnits(groups, effect, work);
  switch (effect.type) {
    case 'percentage':
      return byPercentage(eligible, eligible, effect, bounds, work);
    case 'fixed_amount':
      return effect.spread === 'across'
        ? fixedAcross(eligible, effect, bounds, work)
        : fixedPerUnit(eligible, effect, bounds, work);
    case 'buy_x_get_y':
      return buyXGetY(eligible, effect, bounds, work);
  }
}

/** A percentage of the sum of what is discounted: computed once, rounded once, then shared out. */
function byPercentage(
  discounted: readonly UnitsOfGroup[],
  eligible: readonly UnitsOfGroup[],
  { percentage }: PercentageEffect | BuyXGetYEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const weights = discounted.map(worthOf);
  const exact = {
    numerator: total(weights) * percentage.numerator,
    denominator: percentage.denominator,
  };
  const amount = divideRounded(exact.numerator, exact.denominator, work.rounding);
  return sharedOut({ discounted, eligible, weights, amount, exact }, bounds, work);
}

function fixedAcross(
  eligible: readonly UnitsOfGroup[],
  { amount: { minorUnits: fixed } }: FixedAmountEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const weights = eligible.map(worthOf);
  const there = total(weights);
  const amount = fixed < there ? fixed : there;
  const exact = { numerator: amount, denominator: 1n };
  return sharedOut({ discounted: eligible, eligible, weights, amount, exact }, bounds, work);
}

/** The same off each unit, but never more than the unit costs. */
function fixedPerUnit(
  eligible: readonly UnitsOfGroup[],
  { amount: { minorUnits: fixed } }: FixedAmountEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const weights = eligible.map((of) => {
    const wanted = fixed * of.units;
    const there = worthOf(of);
    return wanted < there ? wanted : there;
  });
  const amount = total(weights);
  const exact = { numerator: amount, denominator: 1n };
  return sharedOut({ discounted: eligible, eligible, weights, amount, exact }, bounds, work);
}

/** Of each full set some units are reduced: the cheapest of all. */
function buyXGetY(
  eligible: readonly UnitsOfGroup[],
  effect: BuyXGetYEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const units = total(eligible.map((of) => of.units));
  const sets = units / BigInt(effect.buy + effect.get);
  const most = bounds.maximumRepeats === undefined ? sets : BigInt(bounds.maximumRepeats);
  const repeats = sets < most ? sets : most;
  work.steps += eligible.length;
  let left = repeats * BigInt(effect.get);
  const reduced = cheapestFirst(eligible).flatMap(({ group, units: there }) => {
    const taken = there < left ? there : left;
    left -= taken;
    return taken === 0n ? [] : [{ group, units: taken }];
  });
  return { ...byPercentage(reduced, eligible, effect, bounds, work), repeats };
}

type Wanted = {
  readonly discounted: readonly UnitsOfGroup[];
  readonly eligible: readonly UnitsOfGroup[];
  /** What the amount is shared out by, in the order of what is discounted. */
  readonly weights: readonly bigint[];
  readonly amount: bigint;
  readonly exact: ExactAmount;
};

/** Caps the amount, shares it out, and moves what minimum prices cut off to eligible units with room. */
function sharedOut(wanted: Wanted, { maximumDiscount }: Bounds, work: Work): GoodsDiscount {
  const { discounted, eligible, weights, exact } = wanted;
  const isCapped = maximumDiscount !== null && wanted.amount > maximumDiscount;
  const amount = isCapped ? maximumDiscount : wanted.amount;
  work.steps += discounted.length;
  const shares = new Map(
    allocateInOrder(amount, weights).map((share, index) => [discounted[index]?.group, share]),
  );
  const parts = eligible.map(({ group }) => shares.get(group) ?? 0n);
  const dropped = moveWhatFloorsCutOff(parts, eligible.map(roomOf));
  return {
    parts: eligible.flatMap(({ group }, index) => {
      const part = parts[index] ?? 0n;
      return part === 0n ? [] : [{ group, amount: part }];
    }),
    amount: amount - dropped,
    exact,
    eligible: total(eligible.map(worthOf)),
    eligibleUnits: total(eligible.map((of) => of.units)),
    dropped,
    repeats: 0n,
  };
}

/** Changes the parts so that none exceeds its room; what nobody has room for is the answer. */
function moveWhatFloorsCutOff(parts: bigint[], rooms: readonly bigint[]): bigint {
  let cutOff = 0n;
  for (const [index, part] of parts.entries()) {
    const room = rooms[index] ?? 0n;
    if (part <= room) continue;
    cutOff += part - room;
    parts[index] = room;
  }
  if (cutOff === 0n) return 0n;
  const left = rooms.map((room, index) => room - (parts[index] ?? 0n));
  const most = total(left);
  const moved = cutOff < most ? cutOff : most;
  for (const [index, share] of allocateInOrder(moved, left).entries())
    parts[index] = (parts[index] ?? 0n) + share;
  return cutOff - moved;
}

function total(amounts: readonly bigint[]): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}
