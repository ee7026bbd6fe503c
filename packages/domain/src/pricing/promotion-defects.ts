import { isInstant } from '../core/instant.value.ts';
import type { Money } from '../core/money.value.ts';
import type { Rate } from '../core/rate.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import { withoutGaps } from './given-fields.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import { PROMOTION_CLASSES, type PromotionClass } from './promotion-class.ts';
import type { PromotionConditions, PromotionLimits } from './promotion-conditions.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import {
  isShippingEffect,
  type EligibleUnits,
  type PromotionEffect,
  type PromotionTarget,
  type ShippingDiscountEffect,
} from './promotion-effect.ts';

const LONGEST_ID = 200;
const MOST_EFFECTS = 10;
const MOST_IDS = 1_000;
const LARGEST_COUNT = 1_000_000_000;
const LARGEST_PRIORITY = 1_000_000;

type Classed = PromotionDraft & { readonly class: PromotionClass };
type Defects = readonly InvalidPromotion[];

/** Everything that is wrong with a draft, its name apart: effects first, then conditions, limits and the frame. */
export function findDefects(draft: Classed): Defects {
  return [
    ...checkEffects(draft),
    ...checkConditions(draft.conditions ?? {}),
    ...checkLimits(draft.limits ?? {}),
    ...checkFrame(draft),
  ];
}

export function invalid(path: FieldPath, reason: InvalidPromotion['reason']): InvalidPromotion {
  return { code: 'pricing.invalid_promotion', path, reason };
}

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

function checkEffects(draft: Classed): Defects {
  const { effects } = draft;
  if (effects.length === 0) return [invalid(['effects'], 'no_effect')];
  if (effects.length > MOST_EFFECTS) return [invalid(['effects'], 'too_many')];
  if (!PROMOTION_CLASSES.includes(draft.class)) return [invalid(['class'], 'malformed')];
  return effects.flatMap((effect, index) => {
    const path = ['effects', index];
    return [
      ...(fitsClass(effect, draft.class) ? [] : [invalid(path, 'wrong_class')]),
      ...checkEffect(effect, path),
      ...checkUnits(effect, path),
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
      return checkShippingDiscount(effect, path);
    default:
      return [invalid([...path, 'type'], 'malformed')];
  }
}

/** The type cannot keep both from being there, or the percentage from being undefined. */
function checkShippingDiscount(effect: ShippingDiscountEffect, path: FieldPath): Defects {
  const { percentage, amount }: { percentage?: Rate | undefined; amount?: Money | undefined } =
    effect;
  if ((percentage === undefined) === (amount === undefined)) return [invalid(path, 'malformed')];
  return [
    ...(percentage === undefined ? [] : checkPercentage({ percentage }, path)),
    ...(amount === undefined ? [] : checkAmount(amount, [...path, 'amount'])),
  ];
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
