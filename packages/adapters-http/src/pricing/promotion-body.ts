import type { FieldPath } from '@kastoma/domain/core';
import type {
  PromotionChanges,
  PromotionConditions,
  PromotionEffect,
  PromotionLimits,
  PromotionTarget,
} from '@kastoma/domain/pricing';

import type { EffectBody, PromotionBody, RevisePromotionBody } from './promotion.schemas.ts';

type ConditionsBody = NonNullable<PromotionBody['conditions']>;
type LimitsBody = NonNullable<PromotionBody['limits']>;
type TargetBody = Pick<ConditionsBody, 'product_ids' | 'category_ids' | 'tags'>;
type UnitsBody = {
  readonly target?: TargetBody | null | undefined;
  readonly maximum_units_per_variant?: number | null | undefined;
};

/** A promotion as the domain wants it. Without an effect it goes to the domain as well, which says what is wrong. */
export function toDraft(body: PromotionBody) {
  return { ...toFrame(body), name: body.name, effects: effectsOf(body) ?? [] };
}

/** What is not in the body is not in the changes; what is null in it, is undefined in them. */
export function toChanges(body: RevisePromotionBody): PromotionChanges {
  const effects = effectsOf(body);
  return {
    ...toFrame(body),
    name: body.name,
    ...(effects === undefined ? {} : { effects }),
    conditions: body.conditions === null ? null : toConditions(body.conditions ?? {}),
    limits: body.limits === null ? null : toLimits(body.limits ?? {}),
  };
}

/** The error at the place where the body has what is wrong: a single effect may have been written as `effect`. */
export function placedInBody<E extends object>(error: E, body: { readonly effect?: unknown }): E {
  const path: FieldPath = 'path' in error ? (error.path as FieldPath) : [];
  const at = path.indexOf('effects');
  if (body.effect === undefined || at === -1) return error;
  return { ...error, path: [...path.slice(0, at), 'effect', ...path.slice(at + 2)] };
}

function toFrame(body: Omit<PromotionBody, 'name'>) {
  return {
    class: body.class ?? undefined,
    conditions: toConditions(body.conditions ?? {}),
    limits: toLimits(body.limits ?? {}),
    startsAt: body.starts_at,
    endsAt: body.ends_at,
    isActive: body.active,
    priority: body.priority,
    isExclusive: body.exclusive,
    combinesWith: body.combines_with,
    givesUsesBack: body.gives_uses_back,
  };
}

function effectsOf({
  effects,
  effect,
}: Pick<PromotionBody, 'effects' | 'effect'>): readonly PromotionEffect[] | undefined {
  return effect === undefined ? effects?.map(toEffect) : [toEffect(effect)];
}

function toEffect(body: EffectBody): PromotionEffect {
  switch (body.type) {
    case 'percentage': {
      const { type, percentage } = body;
      return { type, percentage, ...toUnits(body) };
    }
    case 'fixed_amount': {
      const { type, amount, spread } = body;
      return { type, amount, spread, ...toUnits(body) };
    }
    case 'buy_x_get_y': {
      const { type, buy, get, percentage } = body;
      return { type, buy, get, percentage, ...toUnits(body) };
    }
    case 'free_shipping':
      return { type: body.type, target: targetOf(body) };
    case 'shipping_discount':
      return toShippingDiscount(body);
  }
}

function toShippingDiscount({
  type,
  percentage,
  amount,
  ...body
}: Extract<EffectBody, { type: 'shipping_discount' }>): PromotionEffect {
  // The schema has seen to it that it is one of the two.
  return percentage === undefined
    ? { type, amount: amount as NonNullable<typeof amount>, target: targetOf(body) }
    : { type, percentage, target: targetOf(body) };
}

function toUnits({ target, maximum_units_per_variant: maximum }: UnitsBody) {
  return { target: targetOf({ target }), maximumUnitsPerVariant: maximum ?? undefined };
}

function targetOf({ target }: Pick<UnitsBody, 'target'>): PromotionTarget | undefined {
  return target === null || target === undefined ? undefined : toTarget(target);
}

function toTarget(body: TargetBody): PromotionTarget {
  return renamed(body, {
    product_ids: 'productIds',
    category_ids: 'categoryIds',
    tags: 'tags',
  });
}

function toConditions({ price_range: priceRange, ...body }: ConditionsBody): PromotionConditions {
  const conditions = renamed(body, {
    product_ids: 'productIds',
    category_ids: 'categoryIds',
    tags: 'tags',
    minimum_subtotal: 'minimumSubtotal',
    basis: 'basis',
    minimum_quantity: 'minimumQuantity',
    customer_groups: 'customerGroups',
    first_order: 'firstOrder',
    currency: 'currency',
    shipping_countries: 'shippingCountries',
  });
  if (priceRange === undefined) return conditions;
  return {
    ...conditions,
    priceRange: priceRange === null ? undefined : renamed(priceRange, { from: 'from', to: 'to' }),
  };
}

function toLimits(body: LimitsBody): PromotionLimits {
  return renamed(body, {
    total: 'total',
    per_customer: 'perCustomer',
    maximum_discount: 'maximumDiscount',
    maximum_repeats: 'maximumRepeats',
  });
}

type Renamed<Body, Names extends Record<string, string>> = {
  [Field in keyof Body as Field extends keyof Names ? Names[Field] : never]:
    | Exclude<Body[Field], null>
    | undefined;
};

/** The fields that are there, under other names; null becomes undefined. */
function renamed<
  Body extends object,
  const Names extends { readonly [Field in keyof Body & string]-?: string },
>(body: Body, names: Names): Renamed<Body, Names> {
  const entries = Object.entries(body).map(([field, value]: [string, unknown]) => [
    names[field as keyof Names],
    value ?? undefined,
  ]);
  return Object.fromEntries(entries) as Renamed<Body, Names>;
}
