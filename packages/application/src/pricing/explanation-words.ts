import type { ExplanationStep } from '@kastoma/domain/pricing';

import { exactInWords } from './pricing-words.ts';

/** One step of the calculation as a shopper or a merchant would say it; amounts are in the quote's currency. */
export function stepInWords(step: ExplanationStep): string {
  switch (step.step) {
    case 'lines':
      return `${step.quantity} at ${step.unitPrice.toDecimal()} each`;
    case 'line_promotions':
    case 'order_promotions':
      return goodsDiscountInWords(step);
    case 'shipping':
      return shippingInWords(step);
    case 'tax':
      return taxInWords(step);
    case 'totals':
      return totalsInWords(step);
  }
}

type StepOf<Name extends ExplanationStep['step']> = Extract<ExplanationStep, { step: Name }>;
type GoodsDiscount = StepOf<'line_promotions' | 'order_promotions'>;
type Shipping = StepOf<'shipping'>;

function goodsDiscountInWords(step: GoodsDiscount): string {
  const result = `${effectOf(step)}: ${step.amount.toDecimal()} of ${step.eligible.toDecimal()}`;
  return `${giver(step)} – ${result}${limited(step)}`;
}

function effectOf(step: GoodsDiscount): string {
  switch (step.rule) {
    case 'percentage':
      return `${step.percentage.toPercentage()} % off ${units(step.eligibleUnits)}`;
    case 'fixed_across':
      return `${step.fixed.toDecimal()} off ${units(step.eligibleUnits)} together`;
    case 'fixed_per_unit':
      return `${step.fixed.toDecimal()} off each of ${units(step.eligibleUnits)}`;
    case 'buy_x_get_y':
      return `buy ${step.buy}, get ${step.get} ${reducedBy(step.percentage.toPercentage())}, ${times(step.repeats)}`;
  }
}

function reducedBy(percentage: string): string {
  return percentage === '100' ? 'free' : `at ${percentage} % off`;
}

/** Says so where less came off than the rule gives by itself. */
function limited({ exact, amount, dropped }: GoodsDiscount): string {
  if (dropped.minorUnits > 0n)
    return ` (${dropped.toDecimal()} of it is not given: these goods are not reduced any further)`;
  return exact.numerator > (amount.minorUnits + 1n) * exact.denominator
    ? ` (the rule alone gives ${exactInWords(exact, amount.currency)})`
    : '';
}

function shippingInWords(step: Shipping): string {
  switch (step.rule) {
    case 'flat_rate':
      return `Shipping by ${step.method} at its flat rate`;
    case 'rate_by_subtotal':
      return `Shipping by ${step.method} for goods of ${step.goods.toDecimal()}`;
    case 'rate_by_weight':
      return `Shipping by ${step.method} for ${step.grams} g`;
    case 'free_from':
      return `Shipping by ${step.method} is free${step.freeFrom === null ? '' : ` from ${step.freeFrom.toDecimal()}`}; the goods come to ${step.goods.toDecimal()}`;
    case 'free_shipping':
      return `${giver(step)} – shipping is free: ${step.amount.toDecimal()} of ${step.rate.toDecimal()}`;
    case 'shipping_percentage':
      return `${giver(step)} – ${step.percentage.toPercentage()} % off shipping: ${step.amount.toDecimal()} of ${step.rate.toDecimal()}`;
    case 'shipping_amount':
      return `${giver(step)} – ${step.fixed.toDecimal()} off shipping: ${step.amount.toDecimal()} of ${step.rate.toDecimal()}`;
  }
}

function taxInWords({ rule, rates, taxable, amount, onShipping }: StepOf<'tax'>): string {
  const named = rates.map(({ name, rate }) => `${name} ${rate.toPercentage()} %`).join(' + ');
  const shipping =
    onShipping.minorUnits === 0n ? '' : `, ${onShipping.toDecimal()} of it on shipping`;
  const result = `${amount.toDecimal()} of ${taxable.toDecimal()}${shipping}`;
  switch (rule) {
    case 'tax_on_top':
      return `${named} on top: ${result}`;
    case 'tax_included':
      return `${named} is part of the prices: ${result}`;
    case 'tax_relief':
      return `${named} is part of the prices and not charged: ${result}`;
  }
}

function totalsInWords({ goods, shipping, taxOnTop }: StepOf<'totals'>): string {
  const sum = `Goods ${goods.toDecimal()} plus shipping ${shipping.toDecimal()}`;
  return taxOnTop.minorUnits === 0n ? sum : `${sum} plus tax ${taxOnTop.toDecimal()}`;
}

/** The promotion by its name, and the code that presented it. */
function giver({
  name,
  couponCode,
}: {
  readonly name: string;
  readonly couponCode: string | null;
}) {
  return couponCode === null ? name : `${name} (${couponCode})`;
}

function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`;
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}
