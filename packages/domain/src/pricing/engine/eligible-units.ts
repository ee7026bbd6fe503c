import { leastCommonMultiple } from '../../core/fraction.ts';
import type { EligibleUnits } from '../promotion-effect.ts';
import { roomOf, type LineGroup } from './line-group.ts';
import { matcherOf } from './target-matching.ts';
import type { Work } from './work.ts';

/** A group and how many of its units something is about. */
export type UnitsOfGroup = { readonly group: LineGroup; readonly units: bigint };

/** The groups that an effect is for, and how many units of each. Nothing is taken off yet. */
export function eligibleUnits(
  groups: readonly LineGroup[],
  { target, maximumUnitsPerVariant }: EligibleUnits,
  work: Work,
): readonly UnitsOfGroup[] {
  const matches = matcherOf(target);
  work.steps += groups.length;
  const eligible = groups
    .filter(({ facts }) => matches(facts))
    .map((group) => ({ group, units: group.quantity }));
  return maximumUnitsPerVariant === undefined
    ? eligible
    : limitPerVariant(eligible, BigInt(maximumUnitsPerVariant));
}

function limitPerVariant(eligible: readonly UnitsOfGroup[], maximum: bigint): UnitsOfGroup[] {
  const left = new Map<string, bigint>();
  return cheapestFirst(eligible).flatMap(({ group, units }) => {
    const { variantId } = group.facts;
    const room = left.get(variantId) ?? maximum;
    const taken = units < room ? units : room;
    left.set(variantId, room - taken);
    return taken === 0n ? [] : [{ group, units: taken }];
  });
}

/** By what a unit costs now; groups of equal units stay in their order. */
export function cheapestFirst(of: readonly UnitsOfGroup[]): UnitsOfGroup[] {
  return of.toSorted((a, b) => {
    const left = a.group.running * b.group.quantity;
    const right = b.group.running * a.group.quantity;
    if (left === right) return 0;
    return left < right ? -1 : 1;
  });
}

/** What units are worth now, exactly: whole-number weights over one denominator. */
export type ExactWorth = {
  readonly weights: readonly bigint[];
  readonly sum: bigint;
  readonly denominator: bigint;
};

/** Units of a group are worth equal parts of what is left of it, unrounded. */
export function worthOf(of: readonly UnitsOfGroup[]): ExactWorth {
  const partial = of.filter(({ group, units }) => units !== group.quantity);
  const denominator = leastCommonMultiple(new Set(partial.map(({ group }) => group.quantity)));
  const weights = of.map(({ group, units }) =>
    units === group.quantity
      ? group.running * denominator
      : (group.running * units * denominator) / group.quantity,
  );
  let sum = 0n;
  for (const weight of weights) sum += weight;
  return { weights, sum, denominator };
}

/** How much all of the groups may still give. */
export function roomsOf(of: readonly UnitsOfGroup[]): bigint[] {
  return of.map(({ group }) => roomOf(group));
}
