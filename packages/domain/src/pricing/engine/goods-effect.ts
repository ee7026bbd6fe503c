import { allocateTo } from '../../core/allocation.ts';
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
  const exact = {
    numerator: total(discounted.map(worthOf)) * percentage.numerator,
    denominator: percentage.denominator,
  };
  const amount = divideRounded(exact.numerator, exact.denominator, work.rounding);
  return sharedOut({ discounted, eligible, weightOf: worthOf, amount, exact }, bounds, work);
}

function fixedAcross(
  eligible: readonly UnitsOfGroup[],
  { amount: { minorUnits: fixed } }: FixedAmountEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const there = total(eligible.map(worthOf));
  const amount = fixed < there ? fixed : there;
  const exact = { numerator: amount, denominator: 1n };
  return sharedOut(
    { discounted: eligible, eligible, weightOf: worthOf, amount, exact },
    bounds,
    work,
  );
}

/** The same off each unit, but never more than the unit costs. */
function fixedPerUnit(
  eligible: readonly UnitsOfGroup[],
  { amount: { minorUnits: fixed } }: FixedAmountEffect,
  bounds: Bounds,
  work: Work,
): GoodsDiscount {
  const weightOf = (of: UnitsOfGroup) => {
    const wanted = fixed * of.units;
    const there = worthOf(of);
    return wanted < there ? wanted : there;
  };
  const amount = total(eligible.map(weightOf));
  const exact = { numerator: amount, denominator: 1n };
  return sharedOut({ discounted: eligible, eligible, weightOf, amount, exact }, bounds, work);
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
  /** What the amount is shared out by. */
  readonly weightOf: (of: UnitsOfGroup) => bigint;
  readonly amount: bigint;
  readonly exact: ExactAmount;
};

/** Caps the amount, shares it out, and moves what minimum prices cut off to eligible units with room. */
function sharedOut(wanted: Wanted, { maximumDiscount }: Bounds, work: Work): GoodsDiscount {
  const { discounted, eligible, weightOf, exact } = wanted;
  const isCapped = maximumDiscount !== null && wanted.amount > maximumDiscount;
  const amount = isCapped ? maximumDiscount : wanted.amount;
  work.steps += discounted.length;
  const shares = new Map(
    allocateTo(amount, discounted, weightOf).map(({ item, part }) => [item.group, part]),
  );
  const wantedParts = eligible.map((of) => ({
    group: of.group,
    room: roomOf(of),
    amount: shares.get(of.group) ?? 0n,
  }));
  const { parts, dropped } = moveWhatFloorsCutOff(wantedParts);
  return {
    parts: parts.filter((part) => part.amount > 0n),
    amount: amount - dropped,
    exact,
    eligible: total(eligible.map(worthOf)),
    eligibleUnits: total(eligible.map((of) => of.units)),
    dropped,
    repeats: 0n,
  };
}

type Part = { readonly group: LineGroup; readonly room: bigint; readonly amount: bigint };

/** Lets no part exceed its room: what is cut off goes to those who have room left, and the rest is dropped. */
function moveWhatFloorsCutOff(wanted: readonly Part[]): {
  readonly parts: readonly Part[];
  readonly dropped: bigint;
} {
  let cutOff = 0n;
  const cut = wanted.map((part) => {
    if (part.amount <= part.room) return part;
    cutOff += part.amount - part.room;
    return { ...part, amount: part.room };
  });
  if (cutOff === 0n) return { parts: cut, dropped: 0n };
  const most = total(cut.map(({ room, amount }) => room - amount));
  const moved = cutOff < most ? cutOff : most;
  const parts = allocateTo(moved, cut, ({ room, amount }) => room - amount).map(
    ({ item, part }) => ({ ...item, amount: item.amount + part }),
  );
  return { parts, dropped: cutOff - moved };
}

function total(amounts: readonly bigint[]): bigint {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
}
