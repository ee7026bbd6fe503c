import { err, type Result } from 'neverthrow';

import { isInstant, type Instant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import { parseText, type FieldPath } from '../core/text.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import { byText, sortedUnique } from './order-of-text.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import { PROMOTION_CLASSES, type PromotionClass } from './promotion-class.ts';
import type { PromotionConditions, PromotionLimits } from './promotion-conditions.ts';
import {
  isShippingEffect,
  type EligibleUnits,
  type PromotionEffect,
  type PromotionTarget,
} from './promotion-effect.ts';

const LONGEST_NAME = 200;
const LONGEST_ID = 200;
const MOST_EFFECTS = 20;
const MOST_IDS = 1_000;
const LARGEST_COUNT = 1_000_000_000;
const LARGEST_PRIORITY = 1_000_000;

export type PromotionDraft = {
  readonly id: string;
  readonly name: string;
  /** Left out: `line` where an effect has a target or is a buy X get Y, else `order`. */
  readonly class?: PromotionClass | undefined;
  /** Applied in this order, but for buy X get Y, which waits for all other line effects. */
  readonly effects: readonly PromotionEffect[];
  readonly conditions?: PromotionConditions | undefined;
  readonly limits?: PromotionLimits | undefined;
  /** The window is half-open: from the start, up to and without the end. */
  readonly startsAt?: Instant | null | undefined;
  readonly endsAt?: Instant | null | undefined;
  readonly isActive?: boolean | undefined;
  /** The higher one goes first; zero unless told. */
  readonly priority?: number | undefined;
  /** Shuts out the others of its class. */
  readonly isExclusive?: boolean | undefined;
  /** Two promotions combine where each names the other's class; every class unless told. */
  readonly combinesWith?: readonly PromotionClass[] | undefined;
};

/** What a promotion gives, to whom, and when: valid, and the same whatever the order in which its lists were written. */
export class PromotionTerms {
  readonly id: string;
  readonly name: string;
  readonly class: PromotionClass;
  readonly effects: readonly PromotionEffect[];
  readonly conditions: PromotionConditions;
  readonly limits: PromotionLimits;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly isActive: boolean;
  readonly priority: number;
  readonly isExclusive: boolean;
  readonly combinesWith: readonly PromotionClass[];
  /** Nothing else can make terms: whoever has some has had them checked. */
  readonly #isChecked: boolean;

  private constructor(draft: PromotionDraft & { readonly class: PromotionClass }, name: string) {
    this.#isChecked = true;
    this.id = draft.id;
    this.name = name;
    this.class = draft.class;
    this.effects = draft.effects.map(sortedEffect);
    this.conditions = sortedConditions(draft.conditions ?? {});
    this.limits = withoutGaps(draft.limits ?? {});
    this.startsAt = draft.startsAt ?? null;
    this.endsAt = draft.endsAt ?? null;
    this.isActive = draft.isActive ?? true;
    this.priority = draft.priority ?? 0;
    this.isExclusive = draft.isExclusive ?? false;
    this.combinesWith = sortedUnique(draft.combinesWith ?? PROMOTION_CLASSES);
    Object.freeze(this);
  }

  static define(draft: PromotionDraft): Result<PromotionTerms, InvalidPromotion> {
    const checked = { ...draft, class: draft.class ?? defaultClass(draft.effects) };
    const defects = [
      ...checkEffects(checked),
      ...checkConditions(draft.conditions ?? {}),
      ...checkLimits(draft.limits ?? {}),
      ...checkFrame(checked),
    ];
    const [first] = defects;
    if (first !== undefined) return err(first);
    return parseText(draft.name, { path: ['name'], maximumLength: LONGEST_NAME })
      .map((name) => new PromotionTerms(checked, name))
      .mapErr(({ path }) => invalid(path, 'malformed_text'));
  }

  /** The same terms but for what is given. */
  with(changes: Partial<PromotionDraft>): Result<PromotionTerms, InvalidPromotion> {
    const { ...fields } = this;
    return PromotionTerms.define({ ...fields, ...changes });
  }

  /** Whether something that calls itself terms was made by `define`. */
  static isTerms(candidate: object): candidate is PromotionTerms {
    return #isChecked in candidate && candidate.#isChecked;
  }

  /** The form in which the HTTP API takes terms, with every default written out; `parsePromotionTerms` reads it back. */
  toJSON(): Json {
    const { id, name, effects, conditions, limits, startsAt, endsAt, isActive, ...others } = this;
    return toWireForm({
      id,
      name,
      effects,
      conditions,
      limits,
      startsAt,
      endsAt,
      isActive,
      ...others,
    });
  }
}

function invalid(path: FieldPath, reason: InvalidPromotion['reason']): InvalidPromotion {
  return { code: 'pricing.invalid_promotion', path, reason };
}

function defaultClass(effects: readonly PromotionEffect[]): PromotionClass {
  const isOfLines = effects.some(
    (effect) =>
      effect.type === 'buy_x_get_y' || (!isShippingEffect(effect) && effect.target !== undefined),
  );
  return isOfLines ? 'line' : 'order';
}

type Defects = readonly InvalidPromotion[];

function checkFrame(draft: PromotionDraft): Defects {
  const { id, startsAt, endsAt, priority = 0, combinesWith = [] } = draft;
  const instants = [
    ['startsAt', startsAt],
    ['endsAt', endsAt],
  ] as const;
  return [
    ...checkId(id, ['id']),
    ...instants.flatMap(([field, instant]) =>
      instant === null || instant === undefined || isInstant(instant)
        ? []
        : [invalid([field], 'malformed')],
    ),
    ...(startsAt !== null &&
    startsAt !== undefined &&
    endsAt !== null &&
    endsAt !== undefined &&
    !(startsAt < endsAt)
      ? [invalid(['endsAt'], 'contradictory_window')]
      : []),
    ...(Number.isInteger(priority) ? [] : [invalid(['priority'], 'malformed')]),
    ...(Math.abs(priority) > LARGEST_PRIORITY ? [invalid(['priority'], 'too_large')] : []),
    ...combinesWith.flatMap((name, index) =>
      PROMOTION_CLASSES.includes(name) ? [] : [invalid(['combinesWith', index], 'malformed')],
    ),
  ];
}

function checkEffects(draft: PromotionDraft & { readonly class: PromotionClass }): Defects {
  const { effects } = draft;
  if (effects.length === 0) return [invalid(['effects'], 'no_effect')];
  if (effects.length > MOST_EFFECTS) return [invalid(['effects'], 'too_many')];
  if (!PROMOTION_CLASSES.includes(draft.class)) return [invalid(['class'], 'malformed')];
  return effects.flatMap((effect, index) => {
    const path = ['effects', index];
    return [
      ...(fitsClass(effect, draft.class) ? [] : [invalid(path, 'wrong_class')]),
      ...checkEffect(effect, path),
      ...(isShippingEffect(effect) ? [] : checkUnits(effect, path)),
    ];
  });
}

/** Shipping may be a part of any promotion; goods are none of a shipping promotion's business. */
function fitsClass(effect: PromotionEffect, promotionClass: PromotionClass): boolean {
  if (isShippingEffect(effect)) return true;
  if (promotionClass === 'line') return true;
  const isOfOrder =
    effect.type === 'percentage' || (effect.type === 'fixed_amount' && effect.spread === 'across');
  return promotionClass === 'order' && isOfOrder;
}

function checkEffect(effect: PromotionEffect, path: FieldPath): Defects {
  switch (effect.type) {
    case 'free_shipping':
      return [];
    case 'percentage':
      return checkPercentage(effect, path);
    case 'fixed_amount':
      return [
        ...checkAmount(effect.amount, [...path, 'amount']),
        ...(effect.spread === 'across' || effect.spread === 'per_unit'
          ? []
          : [invalid([...path, 'spread'], 'malformed')]),
      ];
    case 'buy_x_get_y':
      return [
        ...checkCount(effect.buy, [...path, 'buy']),
        ...checkCount(effect.get, [...path, 'get']),
        ...checkPercentage(effect, path),
      ];
    case 'shipping_discount':
      return 'percentage' in effect
        ? checkPercentage(effect, path)
        : checkAmount(effect.amount, [...path, 'amount']);
    default:
      return [invalid([...path, 'type'], 'malformed')];
  }
}

function checkPercentage(
  { percentage }: { readonly percentage: { readonly isZero: boolean } },
  path: FieldPath,
): Defects {
  return percentage.isZero ? [invalid([...path, 'percentage'], 'not_positive')] : [];
}

function checkAmount(amount: Money, path: FieldPath): Defects {
  return amount.minorUnits > 0n ? [] : [invalid(path, 'not_positive')];
}

function checkCount(count: number | undefined, path: FieldPath): Defects {
  if (count === undefined) return [];
  if (!Number.isInteger(count) || count < 1) return [invalid(path, 'not_a_count')];
  return count > LARGEST_COUNT ? [invalid(path, 'too_large')] : [];
}

function checkUnits({ target, maximumUnitsPerVariant }: EligibleUnits, path: FieldPath): Defects {
  return [
    ...(target === undefined ? [] : checkTarget(target, [...path, 'target'])),
    ...checkCount(maximumUnitsPerVariant, [...path, 'maximumUnitsPerVariant']),
  ];
}

function checkTarget(target: PromotionTarget, path: FieldPath): Defects {
  const { productIds = [], categoryIds = [], tags = [] } = target;
  return productIds.length + categoryIds.length + tags.length === 0
    ? [invalid(path, 'empty_target')]
    : checkLists({ productIds, categoryIds, tags }, path);
}

function checkLists(lists: Record<string, readonly string[]>, path: FieldPath): Defects {
  return Object.entries(lists).flatMap(([field, ids]) =>
    ids.length > MOST_IDS
      ? [invalid([...path, field], 'too_many')]
      : ids.flatMap((id, index) => checkId(id, [...path, field, index])),
  );
}

function checkId(id: string, path: FieldPath): Defects {
  return id === '' || id.length > LONGEST_ID || !id.isWellFormed()
    ? [invalid(path, 'malformed_text')]
    : [];
}

function checkConditions(conditions: PromotionConditions): Defects {
  const { minimumSubtotal, basis, minimumQuantity, priceRange, ...others } = conditions;
  const { productIds, categoryIds, tags, customerGroups, shippingCountries } = others;
  const lists = withoutGaps({ productIds, categoryIds, tags, customerGroups, shippingCountries });
  const path = ['conditions'];
  return [
    ...(minimumSubtotal === undefined || !minimumSubtotal.isNegative
      ? []
      : [invalid([...path, 'minimumSubtotal'], 'not_positive')]),
    ...(basis === undefined || basis === 'running' || basis === 'base'
      ? []
      : [invalid([...path, 'basis'], 'malformed')]),
    ...checkCount(minimumQuantity, [...path, 'minimumQuantity']),
    ...Object.entries(lists).flatMap(([field, ids]) =>
      ids.length === 0 ? [invalid([...path, field], 'empty_target')] : [],
    ),
    ...checkLists(lists, path),
    ...checkPriceRange(priceRange ?? {}, [...path, 'priceRange']),
  ];
}

function checkPriceRange(
  { from, to }: NonNullable<PromotionConditions['priceRange']>,
  path: FieldPath,
): Defects {
  return [
    ...(from?.isNegative === true ? [invalid([...path, 'from'], 'not_positive')] : []),
    ...(to?.isNegative === true ? [invalid([...path, 'to'], 'not_positive')] : []),
    ...(from !== undefined && to !== undefined && from.currency !== to.currency
      ? [invalid([...path, 'to'], 'other_currency')]
      : []),
    ...(from !== undefined && to !== undefined && from.minorUnits > to.minorUnits
      ? [invalid(path, 'contradictory_range')]
      : []),
  ];
}

function checkLimits({ total, perCustomer, maximumDiscount, maximumRepeats }: PromotionLimits) {
  return [
    ...checkCount(total, ['limits', 'total']),
    ...checkCount(perCustomer, ['limits', 'perCustomer']),
    ...checkCount(maximumRepeats, ['limits', 'maximumRepeats']),
    ...(maximumDiscount === undefined
      ? []
      : checkAmount(maximumDiscount, ['limits', 'maximumDiscount'])),
  ];
}

function sortedEffect(effect: PromotionEffect): PromotionEffect {
  if (isShippingEffect(effect)) return { ...effect };
  const { target, maximumUnitsPerVariant, ...others } = effect;
  return {
    ...others,
    ...withoutGaps({
      target: target === undefined ? undefined : sortedLists(target),
      maximumUnitsPerVariant,
    }),
  };
}

function sortedConditions(conditions: PromotionConditions): PromotionConditions {
  const { priceRange, ...others } = conditions;
  return withoutGaps({
    ...sortedLists(others),
    priceRange: priceRange === undefined ? undefined : withoutGaps(priceRange),
  });
}

/** Lists stand for sets: sorted, and nothing twice. */
function sortedLists<Fields extends object>(fields: Fields): Fields {
  const entries = Object.entries(fields).map(([field, value]): [string, unknown] => [
    field,
    Array.isArray(value) ? [...new Set<string>(value)].toSorted(byText) : value,
  ]);
  return withoutGaps(Object.fromEntries(entries)) as Fields;
}

/** What was not given is not there, rather than there and undefined. */
function withoutGaps<Fields extends object>(fields: Fields): Given<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Given<Fields>;
}

type Given<Fields> = { [Field in keyof Fields]: Exclude<Fields[Field], undefined> };
