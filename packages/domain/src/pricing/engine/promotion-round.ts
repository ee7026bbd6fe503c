import type { ExplanationStep } from '../explanation.ts';
import type { CombiningMode } from '../pricing-input.ts';
import { PROMOTION_CLASSES, type PromotionClass } from '../promotion-class.ts';
import { isShippingEffect, type GoodsEffect } from '../promotion-effect.ts';
import type { RejectionReason } from '../rejection.ts';
import { byPriority, type Candidate, type Turned } from './candidate.ts';
import {
  mayDisagree,
  RANKED_BY_PRIORITY,
  rankedByDiscount,
  settle,
  standingOf,
  type Loser,
  type Ranking,
} from './combining.ts';
import { belowMinimum, hasMatch } from './eligibility.ts';
import { explainGoodsDiscount, explainShippingDiscount } from './explained-discount.ts';
import { discountGoods } from './goods-effect.ts';
import { takeOff, type LineGroup } from './line-group.ts';
import { chargeShipping, type ChargedShipping, type ShippingQuotation } from './shipping-charge.ts';
import { discountShipping } from './shipping-effect.ts';
import type { Work } from './work.ts';

export type Cart = {
  readonly groups: readonly LineGroup[];
  readonly quotation: ShippingQuotation | null;
  readonly combining: CombiningMode;
};

/** What a promotion has taken off so far. */
export type Tally = { readonly candidate: Candidate; goods: bigint; shipping: bigint };

export type Round = {
  /** In the order in which they were admitted; each took something off. */
  readonly applied: readonly Tally[];
  /** In the order in which they were turned away. */
  readonly turned: readonly Turned[];
  /** Those who lined up with others or beat them on the way, whether or not they apply in the end. */
  readonly involved: ReadonlySet<string>;
  readonly goodsSteps: readonly ExplanationStep[];
  readonly shippingSteps: readonly ExplanationStep[];
  readonly shipping: ChargedShipping | null;
};

/** Takes all promotions through the steps: lines, order, shipping. The amounts of the cart change on the way. */
export class PromotionRound {
  readonly #cart: Cart;
  readonly #work: Work;
  readonly #contenders: readonly Candidate[];
  readonly #admitted = new Map<string, Tally>();
  readonly #turned = new Map<string, Turned>();
  readonly #involved = new Set<string>();
  readonly #goodsSteps: ExplanationStep[] = [];
  readonly #shippingSteps: ExplanationStep[] = [];

  constructor(contenders: readonly Candidate[], cart: Cart, work: Work) {
    this.#contenders = contenders;
    this.#cart = cart;
    this.#work = work;
  }

  /**
   * What disagrees across classes is settled before any amount is applied, what disagrees within a class on the
   * amounts that enter it.
   */
  play(): Round {
    const isContested = mayDisagree(this.#contenders);
    const ahead = isContested ? this.#settleAcrossClasses() : [];
    for (const name of PROMOTION_CLASSES) {
      const entrants = this.#entrantsOf(name);
      const later = ahead.filter(({ terms }) => isAfter(terms.class, name));
      const won = isContested ? this.#settleWithin(entrants, later) : entrants;
      this.#applyToGoods(name, won.toSorted(byPriority));
    }
    return this.#conclude();
  }

  /** Lets promotions in as they come, each judged on what is left when it comes: nobody loses to one that does not apply. */
  playAsTheyCome(): Round {
    for (const name of PROMOTION_CLASSES) {
      const entrants = this.#entrantsOf(name);
      const standing = standingOf(this.#inAlready());
      for (const candidate of entrants.toSorted(this.#ranking(entrants).within)) {
        if (!this.#isEligible(candidate)) continue;
        const { won, lost } = settle([candidate], standing, RANKED_BY_PRIORITY, this.#work);
        this.#turnLosersAway(lost);
        this.#applyToGoods(name, won);
      }
    }
    return this.#conclude();
  }

  #conclude(): Round {
    const { quotation, groups } = this.#cart;
    const shipping = quotation === null ? null : chargeShipping(quotation, groups, this.#work);
    if (shipping !== null) this.#applyToShipping(shipping);
    for (const { candidate, ...taken } of this.#admitted.values())
      if (taken.goods + taken.shipping === 0n)
        this.#turnAway(candidate, { reason: 'nothing_to_discount' });
    return {
      applied: [...this.#admitted.values()].filter(
        ({ candidate }) => !this.#turned.has(candidate.terms.id),
      ),
      turned: [...this.#turned.values()],
      involved: this.#involved,
      goodsSteps: this.#goodsSteps,
      shippingSteps: this.#shippingSteps,
      shipping,
    };
  }

  #entrantsOf(name: PromotionClass): readonly Candidate[] {
    return this.#contenders.filter(
      ({ terms }) => terms.class === name && !this.#turned.has(terms.id),
    );
  }

  /** Turns away who loses to another class; who loses within its class may still come back when the class is entered. */
  #settleAcrossClasses(): readonly Candidate[] {
    const classOf = new Map(this.#contenders.map(({ terms }) => [terms.id, terms.class]));
    const eligible = this.#contenders.filter((candidate) => this.#isEligible(candidate));
    const ranking = this.#ranking(eligible);
    const { won, lost } = settle(eligible, standingOf([]), ranking, this.#work);
    for (const { terms } of eligible) this.#involved.add(terms.id);
    this.#turnLosersAway(
      lost.filter(({ candidate, winner }) => classOf.get(winner) !== candidate.terms.class),
    );
    return won;
  }

  #settleWithin(entrants: readonly Candidate[], later: readonly Candidate[]): readonly Candidate[] {
    const eligible = entrants.filter((candidate) => this.#isEligible(candidate));
    const standing = standingOf([...this.#inAlready(), ...later]);
    const { won, lost } = settle(eligible, standing, this.#ranking(eligible), this.#work);
    this.#turnLosersAway(lost);
    return won;
  }

  /** On the amounts as they are now. */
  #isEligible(candidate: Candidate): boolean {
    const why = this.#belowMinimum(candidate) ?? this.#withoutEffect(candidate);
    if (why !== null) this.#turnAway(candidate, why);
    return why === null;
  }

  #inAlready(): readonly Candidate[] {
    return [...this.#admitted.values()].map(({ candidate }) => candidate);
  }

  #turnLosersAway(losers: readonly Loser[]): void {
    for (const { candidate, winner } of losers) {
      this.#involved.add(winner);
      this.#turnAway(candidate, { reason: 'excluded_by', winnerId: winner });
    }
  }

  /** Across classes the priority decides in both modes; within a class the mode does. */
  #ranking(candidates: readonly Candidate[]): Ranking {
    if (this.#cart.combining === 'priority') return RANKED_BY_PRIORITY;
    const discounts = new Map(
      candidates.map((candidate) => [candidate, this.#discountAlone(candidate)]),
    );
    return rankedByDiscount((candidate) => discounts.get(candidate) ?? 0n);
  }

  /** Nothing on goods, and nothing on shipping even if later discounts bring its charge back. */
  #withoutEffect(candidate: Candidate): RejectionReason | null {
    const { quotation, groups } = this.#cart;
    const mayReduceShipping =
      quotation !== null &&
      candidate.effects.some(
        (effect) => isShippingEffect(effect) && hasMatch(groups, effect.target),
      );
    // Which units are the cheapest of a variant may change, and with it how much they have room for.
    const mayMeetOtherUnits = goodsEffectsOf(candidate).some(
      ({ maximumUnitsPerVariant }) => maximumUnitsPerVariant !== undefined,
    );
    return mayReduceShipping || mayMeetOtherUnits || this.#discountAlone(candidate) > 0n
      ? null
      : { reason: 'nothing_to_discount' };
  }

  /** What a promotion would take off the amounts as they are now if each of its effects were the only one. */
  #discountAlone({ terms, effects }: Candidate): bigint {
    const { groups, quotation } = this.#cart;
    const { maximumDiscount, maximumRepeats } = terms.limits;
    const bounds = { maximumDiscount: null, maximumRepeats };
    let discount = 0n;
    for (const effect of effects) {
      if (!isShippingEffect(effect))
        discount += discountGoods(groups, effect, bounds, this.#work).amount;
      else if (quotation !== null && hasMatch(groups, effect.target)) {
        const { charged } = chargeShipping(quotation, groups, this.#work);
        discount += discountShipping(charged, effect, this.#work).amount;
      }
    }
    const most = maximumDiscount?.minorUnits ?? discount;
    return discount < most ? discount : most;
  }

  /** Of the effects on lines buy X get Y comes last; a promotion is admitted, or not, when it is first its turn. */
  #applyToGoods(name: PromotionClass, inOrder: readonly Candidate[]): void {
    const isLast = (effect: GoodsEffect) => effect.type === 'buy_x_get_y';
    for (const candidate of inOrder) {
      const effects = goodsEffectsOf(candidate);
      if (effects.every(isLast) && effects.length > 0) continue;
      if (!this.#admit(candidate)) continue;
      for (const effect of effects.filter((one) => !isLast(one)))
        this.#applyEffect(name, candidate, effect);
    }
    for (const candidate of inOrder) {
      const effects = goodsEffectsOf(candidate).filter(isLast);
      if (effects.length === 0 || !this.#admit(candidate)) continue;
      for (const effect of effects) this.#applyEffect(name, candidate, effect);
    }
  }

  #admit(candidate: Candidate): boolean {
    const { id } = candidate.terms;
    if (this.#admitted.has(id)) return true;
    if (this.#turned.has(id)) return false;
    const why = this.#belowMinimum(candidate);
    if (why === null) this.#admitted.set(id, { candidate, goods: 0n, shipping: 0n });
    else this.#turnAway(candidate, why);
    return why === null;
  }

  #applyEffect(name: PromotionClass, candidate: Candidate, effect: GoodsEffect): void {
    const { terms } = candidate;
    const tally = this.#admitted.get(terms.id);
    if (tally === undefined) return;
    const bounds = {
      maximumDiscount: leftOfMaximum(tally),
      maximumRepeats: terms.limits.maximumRepeats,
    };
    const discount = discountGoods(this.#cart.groups, effect, bounds, this.#work);
    if (discount.amount === 0n && discount.dropped === 0n) return;
    tally.goods += discount.amount;
    const parts = discount.parts.flatMap(({ group, amount }) => takeOff(group, terms.id, amount));
    this.#work.steps += parts.length;
    this.#goodsSteps.push(
      explainGoodsDiscount({ name, candidate, effect, discount, parts }, this.#work),
    );
  }

  /** Each effect works on the original rate; together they take no more than there is. */
  #applyToShipping({ charged }: ChargedShipping): void {
    let left = charged;
    const tallies = [...this.#admitted.values()].toSorted((a, b) =>
      byPriority(a.candidate, b.candidate),
    );
    for (const tally of tallies)
      for (const effect of tally.candidate.effects) {
        if (!isShippingEffect(effect) || !hasMatch(this.#cart.groups, effect.target)) continue;
        const { exact, amount: wanted } = discountShipping(charged, effect, this.#work);
        const amount = smallest(wanted, left, leftOfMaximum(tally) ?? wanted);
        if (amount === 0n) continue;
        left -= amount;
        tally.shipping += amount;
        const { candidate } = tally;
        this.#shippingSteps.push(
          explainShippingDiscount({ candidate, effect, charged, exact, amount }, this.#work),
        );
      }
  }

  #belowMinimum({ terms, qualifying }: Candidate): RejectionReason | null {
    return belowMinimum(terms, qualifying, 'running', this.#work);
  }

  #turnAway({ terms, couponCode }: Candidate, why: RejectionReason): void {
    this.#turned.set(terms.id, { terms, couponCode, why });
  }
}

function isAfter(one: PromotionClass, other: PromotionClass): boolean {
  return PROMOTION_CLASSES.indexOf(one) > PROMOTION_CLASSES.indexOf(other);
}

function goodsEffectsOf({ effects }: Candidate): readonly GoodsEffect[] {
  return effects.filter((effect) => !isShippingEffect(effect));
}

function leftOfMaximum({ candidate, goods, shipping }: Tally): bigint | null {
  const { maximumDiscount } = candidate.terms.limits;
  return maximumDiscount === undefined ? null : maximumDiscount.minorUnits - goods - shipping;
}

function smallest(first: bigint, ...others: readonly bigint[]): bigint {
  return others.reduce((least, other) => (other < least ? other : least), first);
}
