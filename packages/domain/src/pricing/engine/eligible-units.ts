import type { EligibleUnits } from '../promotion-effect.ts';
import type { LineGroup } from './line-group.ts';
import { matcherOf } from './target-matching.ts';
import type { Work } from './work.ts';

/** A group and how many of its units something is about: the cheapest ones, where they differ by a minor unit. */
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

/**
 * What the units are worth now, in minor units. A group's units are worth equal parts of what is left of it, or one
 * minor unit more for the later ones: the runs in which units are refunded.
 */
export function worthOf({ group: { running, quantity }, units }: UnitsOfGroup): bigint {
  if (units === quantity) return running;
  const ofUnit = running / quantity;
  const cheaper = quantity - (running % quantity);
  return units * ofUnit + (units > cheaper ? units - cheaper : 0n);
}

/** How much of that promotions may still take: no unit goes below its minimum price. */
export function roomOf(of: UnitsOfGroup): bigint {
  const worth = worthOf(of);
  const floor = (of.group.facts.minimumUnitPrice?.minorUnits ?? 0n) * of.units;
  return worth > floor ? worth - floor : 0n;
}
