import fc from 'fast-check';

import { parseCurrency } from '../core/currency.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { ROUNDING_MODES, type RoundingMode } from '../core/rounding.ts';
import {
  COMBINING_MODES,
  type CustomerFacts,
  type Destination,
  type PricingCoupon,
  type PricingInput,
  type PromotionUses,
} from '../pricing/pricing-input.ts';
import type { PromotionTerms } from '../pricing/promotion-terms.value.ts';
import {
  anyCountry,
  anyOf,
  CUSTOMER_GROUPS,
  REGIONS,
  sometimes,
  factsOf,
  type CartFacts,
} from './cart-facts.ts';
import { anyCouponDraft, anyTyping } from './coupon.arbitrary.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { anyFittedPromotion, type FittedPromotion } from './fitted-promotion.ts';
import { anyFittedShipping } from './fitted-shipping.ts';
import type { Policy, PolicyChoice } from './policy.ts';
import { anyLines } from './pricing-line.arbitrary.ts';
import { anyTaxPolicy } from './tax-policy.arbitrary.ts';

const dollars = parseCurrency('USD')._unsafeUnwrap();
const MOST_CHOICES = 15;
const UNKNOWN_CODE = 'NO-SUCH-CODE';

/**
 * A cart that can be priced, with everything that a price may depend on: valid by construction,
 * thresholds and limits missed or met by one unit. Left-out policies do not occur in it.
 */
export function anyPricingInput({ without = [] }: PolicyChoice = {}): fc.Arbitrary<PricingInput> {
  const omitted = new Set(without);
  const isTaxed =
    !omitted.has('tax') && !(omitted.has('tax_inclusive') && omitted.has('tax_exclusive'));
  return fc
    .record({
      currency: omitted.has('currencies') ? fc.constant(dollars) : anyCurrency(),
      at: anyMoment(),
      lines: anyLines(omitted),
      offers: anyOffers(omitted),
      presented: anyPresentedCodes(omitted),
      customer: anyCustomer(omitted),
      destination: anyDestination(),
      tax: sometimes(anyTaxPolicy({ without }), { isWanted: isTaxed, nilWeight: 1 }),
      shipping: sometimes(anyFittedShipping(omitted), {
        isWanted: !omitted.has('shipping'),
        nilWeight: 1,
      }),
      combining: fc.constantFrom(
        ...COMBINING_MODES.filter((mode) => mode === 'priority' || !omitted.has(mode)),
      ),
      rounding: fc.constantFrom<RoundingMode>(
        ...ROUNDING_MODES.filter((mode) => mode === 'half_up' || !omitted.has(mode)),
      ),
    })
    .map(({ lines: linesIn, offers, presented, shipping, ...settings }) => {
      const lines = linesIn(settings.currency);
      const facts = factsOf(settings.currency, settings.at, lines);
      const { promotions, coupons, uses } = fitOffers(offers, facts, omitted);
      return {
        ...settings,
        lines,
        promotions,
        coupons,
        uses,
        codes: codesOf(presented, coupons),
        shipping: shipping?.(facts) ?? null,
      };
    });
}

/** Far enough from the ends of time for a window around it. */
function anyMoment(): fc.Arbitrary<Instant> {
  return fc.oneof(
    fc.constantFrom(0, Date.UTC(2026, 10, 23), Date.UTC(2024, 1, 29, 23, 59, 59, 999)),
    fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(9999, 0) }),
  ) as fc.Arbitrary<Instant>;
}

type Offer = ReturnType<typeof anyOffer> extends fc.Arbitrary<infer One> ? One : never;

/** A promotion, the coupons that present it (none: it is automatic), and how often it was used. */
function anyOffer(promotion: fc.Arbitrary<FittedPromotion>, without: ReadonlySet<Policy>) {
  const few = without.has('automatic_promotions') ? 1 : 0;
  const most = without.has('coupons') ? 0 : 2;
  return fc.record({
    number: fc.nat({ max: 120 }),
    promotion,
    coupons: fc.oneof(
      { weight: few === 0 ? 2 : 0, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.array(anyCouponDraft({ without: [...without] }), {
          minLength: Math.min(few, most),
          maxLength: most,
        }),
      },
    ),
    uses: sometimes(
      fc.record({
        distance: fc.integer({ min: -1, max: 1 }),
        distanceOfCustomer: fc.integer({ min: -1, max: 1 }),
      }),
      { nilWeight: 1 },
    ),
  });
}

function anyOffers(without: ReadonlySet<Policy>): fc.Arbitrary<readonly Offer[]> {
  const promotion = anyFittedPromotion(without);
  const isNever = without.has('coupons') && without.has('automatic_promotions');
  if (promotion === null || isNever) return fc.constant([]);
  return fc.uniqueArray(anyOffer(promotion, without), {
    selector: ({ number }) => number,
    maxLength: without.has('stacking') ? 1 : 5,
  });
}

function fitOffers(offers: readonly Offer[], facts: CartFacts, without: ReadonlySet<Policy>) {
  const promotions: PromotionTerms[] = [];
  const coupons: PricingCoupon[] = [];
  const uses: PromotionUses[] = [];
  let percentages = without.has('percentages_compound') ? 0 : -Infinity;
  for (const offer of offers) {
    const promotionId = `promotion-${offer.number}`;
    const promotion = offer.promotion(facts, promotionId);
    percentages += percentagesIn(promotion);
    if (percentages > 1) break;
    promotions.push(promotion);
    for (const draft of offer.coupons) coupons.push({ ...draft(coupons.length), promotionId });
    if (offer.uses !== undefined) uses.push(usesOf(promotion, offer.uses));
  }
  return { promotions, coupons, uses };
}

function percentagesIn({ effects }: PromotionTerms): number {
  return effects.filter((effect) => 'percentage' in effect).length;
}

function usesOf(
  { id, limits }: PromotionTerms,
  { distance, distanceOfCustomer }: NonNullable<Offer['uses']>,
): PromotionUses {
  const near = (limit: number | undefined, by: number) => Math.max(0, (limit ?? 1) + by);
  const byCustomer = near(limits.perCustomer, distanceOfCustomer);
  return {
    promotionId: id,
    total: Math.max(byCustomer, near(limits.total, distance)),
    byCustomer,
  };
}

type Presented = readonly (readonly [number, (code: string) => string])[];

function anyPresentedCodes(without: ReadonlySet<Policy>): fc.Arbitrary<Presented> {
  if (without.has('coupons')) return fc.constant([]);
  return fc.array(fc.tuple(fc.nat({ max: MOST_CHOICES }), anyTyping()), {
    maxLength: without.has('several_codes') ? 1 : 5,
  });
}

/** Now and then a code that nobody gave out. */
function codesOf(presented: Presented, coupons: readonly PricingCoupon[]): readonly string[] {
  return presented.flatMap(([choice, typing]) => {
    const code = choice > MOST_CHOICES - 2 ? UNKNOWN_CODE : coupons[choice % coupons.length]?.code;
    return code === undefined ? [] : [typing(code)];
  });
}

function anyCustomer(without: ReadonlySet<Policy>): fc.Arbitrary<CustomerFacts | undefined> {
  const isWanted = !without.has('customer_conditions');
  return sometimes(
    fc.record({
      groups: sometimes(anyOf(CUSTOMER_GROUPS), { isWanted, nilWeight: 1 }),
      isFirstOrder: sometimes(fc.boolean(), { isWanted, nilWeight: 1 }),
      taxExempt: sometimes(fc.constant(true), { isWanted: !without.has('tax_exemption') }),
    }),
    { nilWeight: 1 },
  );
}

function anyDestination(): fc.Arbitrary<Destination | undefined> {
  const destination = fc.record({
    country: anyCountry(),
    region: sometimes(fc.constantFrom(...REGIONS), { nilWeight: 1 }),
  });
  return fc.oneof(
    { weight: 6, arbitrary: destination },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}
