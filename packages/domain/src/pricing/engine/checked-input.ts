import { err, ok, Result } from 'neverthrow';

import type { Currency } from '../../core/currency.value.ts';
import { isInstant } from '../../core/instant.value.ts';
import { LARGEST_MINOR_UNITS } from '../../core/money.value.ts';
import { parseCouponCode } from '../coupon-code.value.ts';
import { byText, sortedUnique } from '../order-of-text.ts';
import type { PricingCoupon, PricingInput, PricingLine } from '../pricing-input.ts';
import type { PricingError } from '../pricing.errors.ts';
import { PromotionTerms } from '../promotion-terms.value.ts';
import { defectOfAmount } from './checked-amount.ts';
import { checkShipping } from './checked-shipping.ts';
import {
  MOST_CODES,
  MOST_COUPONS,
  MOST_CUSTOMER_GROUPS,
  MOST_LINES,
  MOST_LINES_BY_EFFECTS,
  MOST_PROMOTIONS,
  MOST_TAX_RULES,
  MOST_TAX_RULES_OF_A_PLACE,
  MOST_USES,
} from './limits-of-input.ts';
import { fitsPlace } from './taxation.ts';

type Checked<Value> = Result<Value, PricingError>;
type Kind = Extract<PricingError, { code: 'pricing.duplicate_id' }>['kind'];

/**
 * The input with its arrays in order and its codes folded, or the first thing that is wrong with it:
 * the same whatever the order in which the arrays came.
 */
export function checkInput(input: PricingInput): Checked<PricingInput> {
  const { currency, at, customer, tax } = input;
  return checkCounts(input)
    .andThen(() => (isInstant(at) ? ok(at) : err({ code: 'pricing.invalid_instant' as const })))
    .andThen(() => checkLines(input.lines, currency))
    .andThen((lines) =>
      Result.combine([
        checkPromotions(input),
        checkCodes(input.codes),
        checkUses(input),
        checkShipping(input.shipping, currency),
        tax === undefined
          ? ok(undefined)
          : inOrder(tax.rules, 'tax_rule', ({ id }) => id).map((rules) => ({ ...tax, rules })),
      ]).map(([offers, codes, uses, shipping, sortedTax]) => ({
        ...input,
        lines,
        ...offers,
        codes,
        uses,
        shipping,
        tax: sortedTax,
        customer:
          customer?.groups === undefined
            ? customer
            : { ...customer, groups: sortedUnique(customer.groups) },
      })),
    );
}

function checkCounts(input: PricingInput): Checked<void> {
  const counts = [
    ['lines', input.lines.length, MOST_LINES],
    ['promotions', input.promotions?.length ?? 0, MOST_PROMOTIONS],
    ['coupons', input.coupons?.length ?? 0, MOST_COUPONS],
    ['codes', input.codes?.length ?? 0, MOST_CODES],
    ['uses', input.uses?.length ?? 0, MOST_USES],
    ['tax_rules', input.tax?.rules.length ?? 0, MOST_TAX_RULES],
    ['customer_groups', input.customer?.groups?.length ?? 0, MOST_CUSTOMER_GROUPS],
    ['lines_by_effects', input.lines.length * countEffects(input), MOST_LINES_BY_EFFECTS],
    ['tax_rules', rulesOfThePlace(input), MOST_TAX_RULES_OF_A_PLACE],
  ] as const;
  const tooMany = counts.find(([, count, maximum]) => count > maximum);
  if (tooMany === undefined) return ok();
  const [kind, , maximum] = tooMany;
  return err({ code: 'pricing.too_many', kind, maximum });
}

function rulesOfThePlace({ tax, destination }: PricingInput): number {
  if (tax === undefined || destination === undefined) return 0;
  return tax.rules.filter((rule) => fitsPlace(rule, destination)).length;
}

function countEffects({ promotions = [] }: PricingInput): number {
  let count = 0;
  for (const { effects } of promotions) count += effects.length;
  return count;
}

function checkLines(
  lines: readonly PricingLine[],
  currency: Currency,
): Checked<readonly PricingLine[]> {
  return inOrder(lines, 'line', ({ id }) => id).andThen((sorted): Checked<PricingLine[]> => {
    const checked: PricingLine[] = [];
    let subtotal = 0n;
    let units = 0;
    for (const line of sorted) {
      const defect = defectOf(line, currency);
      if (defect !== null) return err(defect);
      const base = line.unitPrice.minorUnits * BigInt(line.quantity);
      if (base > LARGEST_MINOR_UNITS) return err(outOfBounds(line.id));
      subtotal += base;
      units += line.quantity;
      checked.push(withSortedLists(line));
    }
    if (!Number.isSafeInteger(units)) return err(outOfBounds('units'));
    return subtotal > LARGEST_MINOR_UNITS ? err(outOfBounds('subtotal')) : ok(checked);
  });
}

function outOfBounds(subject: string): PricingError {
  return { code: 'pricing.amount_out_of_bounds', subject };
}

function defectOf(line: PricingLine, currency: Currency): PricingError | null {
  const { id, quantity, unitPrice, minimumUnitPrice, weightGrams } = line;
  if (!Number.isSafeInteger(quantity) || quantity < 1)
    return { code: 'pricing.invalid_quantity', lineId: id, quantity };
  if (weightGrams !== undefined && !(Number.isSafeInteger(weightGrams) && weightGrams >= 0))
    return { code: 'pricing.invalid_weight', lineId: id };
  return (
    defectOfAmount(unitPrice, currency, id) ??
    (minimumUnitPrice === undefined ? null : defectOfAmount(minimumUnitPrice, currency, id))
  );
}

function withSortedLists(line: PricingLine): PricingLine {
  const { categoryIds, tags } = line;
  if (categoryIds === undefined && tags === undefined) return line;
  return {
    ...line,
    ...(categoryIds === undefined ? {} : { categoryIds: sortedUnique(categoryIds) }),
    ...(tags === undefined ? {} : { tags: sortedUnique(tags) }),
  };
}

type Offers = {
  readonly promotions: readonly PromotionTerms[];
  readonly coupons: readonly PricingCoupon[];
};

function checkPromotions({ promotions = [], coupons = [] }: PricingInput): Checked<Offers> {
  const unchecked = promotions.findIndex((terms) => !PromotionTerms.isTerms(terms));
  if (unchecked !== -1)
    return err({
      code: 'pricing.invalid_promotion',
      path: ['promotions', unchecked],
      reason: 'malformed',
    });
  return inOrder(promotions, 'promotion', ({ id }) => id).andThen((sorted) =>
    checkCoupons(coupons, new Set(sorted.map(({ id }) => id))).map((sortedCoupons) => ({
      promotions: sorted,
      coupons: sortedCoupons,
    })),
  );
}

function checkCoupons(
  coupons: readonly PricingCoupon[],
  promotionIds: ReadonlySet<string>,
): Checked<readonly PricingCoupon[]> {
  return Result.combine(
    coupons.map((coupon) => parseCouponCode(coupon.code).map((code) => ({ ...coupon, code }))),
  )
    .andThen((folded) => inOrder<PricingCoupon>(folded, 'coupon', ({ code }) => code))
    .andThen((sorted): Checked<readonly PricingCoupon[]> => {
      const orphan = sorted.find(({ promotionId }) => !promotionIds.has(promotionId));
      if (orphan !== undefined)
        return err({
          code: 'pricing.unknown_promotion',
          couponCode: orphan.code,
          promotionId: orphan.promotionId,
        });
      const wrong = sorted.find(
        ({ usesLeft }) =>
          usesLeft !== undefined && !(Number.isSafeInteger(usesLeft) && usesLeft >= 0),
      );
      return wrong === undefined
        ? ok(sorted)
        : err({ code: 'pricing.invalid_uses', promotionId: wrong.promotionId });
    });
}

function checkCodes(codes: readonly string[] = []): Checked<readonly string[]> {
  return Result.combine(codes.map(parseCouponCode)).map(sortedUnique);
}

function checkUses({ uses = [] }: PricingInput) {
  return inOrder(uses, 'uses', ({ promotionId }) => promotionId).andThen((sorted) => {
    const wrong = sorted.find(
      ({ total, byCustomer }) =>
        !Number.isSafeInteger(total) ||
        !Number.isSafeInteger(byCustomer) ||
        total < 0 ||
        byCustomer < 0,
    );
    return wrong === undefined
      ? ok(sorted)
      : err({ code: 'pricing.invalid_uses' as const, promotionId: wrong.promotionId });
  });
}

function inOrder<Item>(
  items: readonly Item[],
  kind: Kind,
  idOf: (item: Item) => string,
): Checked<readonly Item[]> {
  if (items.length < 2) return ok(items);
  const sorted = items.toSorted((a, b) => byText(idOf(a), idOf(b)));
  const twice = sorted.find((item, index) => {
    const next = sorted[index + 1];
    return next !== undefined && idOf(item) === idOf(next);
  });
  return twice === undefined
    ? ok(sorted)
    : err({ code: 'pricing.duplicate_id', kind, id: idOf(twice) });
}
