import type { Currency } from '../../core/currency.value.ts';
import { Money } from '../../core/money.value.ts';
import { Rate } from '../../core/rate.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import { PROMOTION_CLASSES } from '../../pricing/promotion-class.ts';
import type { PromotionDraft } from '../../pricing/promotion-draft.ts';
import { PromotionTerms } from '../../pricing/promotion-terms.value.ts';

export const ALL_OF_IT = Rate.parsePercentage('100')._unsafeUnwrap();

export function termsOf(draft: Omit<PromotionDraft, 'name'>): PromotionTerms {
  return PromotionTerms.define({ name: 'Of the law', ...draft })._unsafeUnwrap();
}

export function changedTerms(
  terms: PromotionTerms,
  changes: Partial<PromotionDraft>,
): PromotionTerms {
  const draft: PromotionDraft = terms;
  return PromotionTerms.define({ ...draft, ...changes })._unsafeUnwrap();
}

/** The cart with terms changed, all of them alike. */
export function withPromotions(
  cart: PricingInput,
  change: (terms: PromotionTerms) => Partial<PromotionDraft>,
): PricingInput {
  const promotions = cart.promotions?.map((terms) => changedTerms(terms, change(terms)));
  return { ...cart, promotions };
}

/** Every promotion combines with every other. */
export function combiningFreely(cart: PricingInput): PricingInput {
  const free = withPromotions(cart, () => ({
    isExclusive: false,
    combinesWith: PROMOTION_CLASSES,
  }));
  return { ...free, combining: 'priority' };
}

export function withoutFloors(cart: PricingInput): PricingInput {
  const lines = cart.lines.map((line) => ({ ...line, minimumUnitPrice: undefined }));
  return { ...cart, lines };
}

export function subtotalOf({ lines }: PricingInput): bigint {
  return lines.reduce(
    (sum, { unitPrice, quantity }) => sum + unitPrice.minorUnits * BigInt(quantity),
    0n,
  );
}

/** Amounts of one currency become such of the other, and the other way round; the numbers stay. */
export function withCurrenciesSwapped(
  cart: PricingInput,
  [one, other]: readonly [Currency, Currency],
): PricingInput {
  const swap = (currency: Currency) => {
    if (currency === one) return other;
    return currency === other ? one : currency;
  };
  return swapped(cart, swap) as PricingInput;
}

function swapped(value: unknown, swap: (currency: Currency) => Currency): unknown {
  if (value instanceof Money)
    return Money.of(value.minorUnits, swap(value.currency))._unsafeUnwrap();
  if (value instanceof Rate || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => swapped(item, swap));
  const entries = Object.entries(value).map(([name, part]: [string, unknown]) => [
    name,
    name === 'currency' && typeof part === 'string' ? swap(part as Currency) : swapped(part, swap),
  ]);
  const changed: unknown = Object.fromEntries(entries);
  return value instanceof PromotionTerms
    ? PromotionTerms.define(changed as PromotionDraft)._unsafeUnwrap()
    : changed;
}
