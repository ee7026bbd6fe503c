import { err, type Result } from 'neverthrow';

import type { Instant } from '../core/instant.value.ts';
import { parseText } from '../core/text.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import { withoutGaps } from './given-fields.ts';
import { byText, sortedUnique } from './order-of-text.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import { PROMOTION_CLASSES, type PromotionClass } from './promotion-class.ts';
import type { PromotionConditions, PromotionLimits } from './promotion-conditions.ts';
import { findDefects, invalid } from './promotion-defects.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import { isShippingEffect, type EligibleUnits, type PromotionEffect } from './promotion-effect.ts';

const LONGEST_NAME = 200;

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
    const [first] = findDefects(checked);
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

function defaultClass(effects: readonly PromotionEffect[]): PromotionClass {
  const isOfLines = effects.some(
    (effect) =>
      effect.type === 'buy_x_get_y' ||
      (effect.type === 'fixed_amount' && effect.spread === 'per_unit') ||
      (!isShippingEffect(effect) && effect.target !== undefined),
  );
  return isOfLines ? 'line' : 'order';
}

function sortedEffect(effect: PromotionEffect): PromotionEffect {
  const { target, ...others }: PromotionEffect & EligibleUnits = effect;
  return withoutGaps({
    ...others,
    target: target === undefined ? undefined : sortedLists(target),
  }) as PromotionEffect;
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
