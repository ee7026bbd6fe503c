import { err, ok, type Result } from 'neverthrow';

import type { PromotionId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { InvalidPromotion } from './pricing.errors.ts';
import type { PromotionConditions, PromotionLimits } from './promotion-conditions.ts';
import type { PromotionDraft } from './promotion-draft.ts';
import { promotionTermsToJson } from './promotion-terms.json.ts';
import { PromotionTerms } from './promotion-terms.value.ts';
import type { PromotionNotFound } from './promotion.errors.ts';
import type { PricingEvent } from './promotion.events.ts';

export type PromotionState = {
  readonly id: PromotionId;
  readonly terms: PromotionTerms;
  /** Applies to every cart that fits; otherwise it takes a coupon to present it. */
  readonly automatic: boolean;
  /** Whether the cancellation of an order gives its use back. */
  readonly givesUsesBack: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
};

export type CreatePromotionInput = Omit<PromotionDraft, 'id'> & {
  readonly id: PromotionId;
  readonly automatic: boolean;
  /** Left out, they are given back. */
  readonly givesUsesBack?: boolean | undefined;
  readonly at: Instant;
};

/** What is left out stays; of conditions and limits so does each that is left out, and one that is undefined goes. */
export type PromotionChanges = {
  readonly [Field in Exclude<keyof PromotionDraft, 'id' | 'conditions' | 'limits'>]?:
    | PromotionDraft[Field]
    | undefined;
} & {
  /** Null: none any more. */
  readonly conditions?: PromotionConditions | null | undefined;
  /** Null: none any more. */
  readonly limits?: PromotionLimits | null | undefined;
  readonly givesUsesBack?: boolean | undefined;
};

/**
 * Something that the shop gives. Created without a code it is automatic; created together with a
 * coupon, or given its first coupon later, it takes a code for good: when its last coupon is deleted
 * nobody can present it, and it never becomes automatic again.
 */
export class Promotion {
  readonly state: PromotionState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly PricingEvent[];

  private constructor(state: PromotionState, version: number, pending: readonly PricingEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create(input: CreatePromotionInput): Result<Promotion, InvalidPromotion> {
    const { id, automatic, givesUsesBack = true, at, ...draft } = input;
    return PromotionTerms.define({ ...draft, id }).map((terms) => {
      const state = { id, terms, automatic, givesUsesBack, createdAt: at, updatedAt: at };
      return new Promotion({ ...state, deletedAt: null }, 0, []).#next('created', at);
    });
  }

  /** For persistence only. */
  static restore(state: PromotionState, version: number): Promotion {
    return new Promotion(state, version, []);
  }

  /** Uses so far keep counting. The class stays as it is, unless told. */
  revise(
    changes: PromotionChanges,
    at: Instant,
  ): Result<Promotion, InvalidPromotion | PromotionNotFound> {
    if (this.state.deletedAt !== null) return err({ code: 'pricing.promotion_not_found' });
    const { terms } = this.state;
    const { conditions, limits, givesUsesBack = this.state.givesUsesBack, ...others } = changes;
    return terms
      .with({
        ...withoutGaps(others),
        conditions: conditions === null ? {} : { ...terms.conditions, ...conditions },
        limits: limits === null ? {} : { ...terms.limits, ...limits },
      })
      .map((revised) => this.#next('revised', at, { terms: revised, givesUsesBack }));
  }

  /** From its first coupon on, it takes a code. */
  takeCode(at: Instant): Promotion {
    return this.state.automatic ? this.#next('revised', at, { automatic: false }) : this;
  }

  delete(at: Instant): Result<Promotion, PromotionNotFound> {
    return this.state.deletedAt === null
      ? ok(this.#next('deleted', at, { deletedAt: at }))
      : err({ code: 'pricing.promotion_not_found' });
  }

  #next(
    what: 'created' | 'revised' | 'deleted',
    at: Instant,
    changes: Partial<PromotionState> = {},
  ): Promotion {
    const state = { ...this.state, ...changes, updatedAt: at };
    const { id: promotionId, terms, automatic, givesUsesBack } = state;
    const version = this.version + 1;
    const told = {
      schemaVersion: 1,
      aggregateId: promotionId,
      aggregateVersion: version,
      occurredAt: at,
    };
    const facts = { promotionId, terms: promotionTermsToJson(terms), automatic, givesUsesBack };
    const event: PricingEvent =
      what === 'deleted'
        ? { ...told, type: 'pricing.promotion_deleted', payload: { promotionId } }
        : { ...told, type: `pricing.promotion_${what}`, payload: facts };
    return new Promotion(state, version, [...this.pending, event]);
  }
}

type Given<Fields> = { [Field in keyof Fields]: Exclude<Fields[Field], undefined> };

function withoutGaps<Fields extends object>(fields: Fields): Given<Fields> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Given<Fields>;
}
