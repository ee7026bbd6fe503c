import { describe, expect, it } from 'vitest';

import type { ExplanationStep } from '@kastoma/domain/pricing';

import { dollars } from '../testing/builders/money.builder.ts';
import { percent } from '../testing/builders/promotion.builder.ts';
import { stepInWords } from './explanation-words.ts';

const cents = (numerator: bigint, denominator = 1n) => ({ numerator, denominator });
const TEA = { promotionId: 'tea', name: 'Tea week', couponCode: null };
const GOODS = {
  ...TEA,
  step: 'line_promotions' as const,
  exact: cents(300n),
  amount: dollars('3.00'),
  shares: [],
  eligible: dollars('30.00'),
  eligibleUnits: 3,
  dropped: dollars('0.00'),
};
const SHIPPING = {
  step: 'shipping' as const,
  method: 'express',
  exact: cents(1_299n),
  amount: dollars('12.99'),
  shares: [],
  rate: dollars('12.99'),
  freeFrom: null,
  goods: dollars('30.00'),
  grams: 1_200,
};
const OFF_SHIPPING = {
  ...TEA,
  step: 'shipping' as const,
  exact: cents(500n),
  amount: dollars('5.00'),
  shares: [],
  rate: dollars('12.99'),
};
const TAX = {
  step: 'tax' as const,
  exact: cents(600n),
  amount: dollars('6.00'),
  shares: [],
  taxable: dollars('30.00'),
  rates: [{ ruleId: 'vat', name: 'VAT', rate: percent('20') }],
  onShipping: dollars('0.00'),
};

const steps: readonly [words: string, step: ExplanationStep][] = [
  [
    'Tea week – 10 % off 3 units: 3.00 of 30.00',
    { ...GOODS, rule: 'percentage', percentage: percent('10') },
  ],
  [
    'Tea week (TEA) – 8.875 % off 1 unit: 3.00 of 33.33',
    {
      ...GOODS,
      rule: 'percentage',
      percentage: percent('8.875'),
      couponCode: 'TEA',
      eligibleUnits: 1,
      eligible: dollars('33.33'),
    },
  ],
  [
    'Tea week – 5.00 off 3 units together: 3.00 of 30.00 (the rule alone gives 5.00)',
    { ...GOODS, rule: 'fixed_across', fixed: dollars('5.00'), exact: cents(500n) },
  ],
  [
    'Tea week – 1.00 off each of 3 units: 3.00 of 30.00',
    { ...GOODS, rule: 'fixed_per_unit', fixed: dollars('1.00') },
  ],
  [
    'Tea week – 1.00 off each of 3 units: 2.00 of 30.00 (1.00 of it is not given: these goods are not reduced any further)',
    {
      ...GOODS,
      rule: 'fixed_per_unit',
      fixed: dollars('1.00'),
      amount: dollars('2.00'),
      dropped: dollars('1.00'),
    },
  ],
  [
    'Tea week – buy 2, get 1 free, once: 3.00 of 30.00',
    { ...GOODS, rule: 'buy_x_get_y', buy: 2, get: 1, percentage: percent('100'), repeats: 1 },
  ],
  [
    'Tea week – buy 3, get 2 at 50 % off, twice: 3.00 of 30.00',
    { ...GOODS, rule: 'buy_x_get_y', buy: 3, get: 2, percentage: percent('50'), repeats: 2 },
  ],
  [
    'Tea week – buy 3, get 2 at 50 % off, 5 times: 3.00 of 30.00',
    { ...GOODS, rule: 'buy_x_get_y', buy: 3, get: 2, percentage: percent('50'), repeats: 5 },
  ],
  ['Shipping by express at its flat rate', { ...SHIPPING, rule: 'flat_rate' }],
  ['Shipping by express for goods of 30.00', { ...SHIPPING, rule: 'rate_by_subtotal' }],
  ['Shipping by express for 1200 g', { ...SHIPPING, rule: 'rate_by_weight' }],
  [
    'Shipping by express is free from 20.00; the goods come to 30.00',
    { ...SHIPPING, rule: 'free_from', freeFrom: dollars('20.00'), amount: dollars('0.00') },
  ],
  [
    'Shipping by express is free; the goods come to 30.00',
    { ...SHIPPING, rule: 'free_from', amount: dollars('0.00') },
  ],
  ['Tea week – shipping is free: 5.00 of 12.99', { ...OFF_SHIPPING, rule: 'free_shipping' }],
  [
    'Tea week – 50 % off shipping: 5.00 of 12.99',
    { ...OFF_SHIPPING, rule: 'shipping_percentage', percentage: percent('50') },
  ],
  [
    'Tea week – 5.00 off shipping: 5.00 of 12.99',
    { ...OFF_SHIPPING, rule: 'shipping_amount', fixed: dollars('5.00') },
  ],
  ['VAT 20 % on top: 6.00 of 30.00', { ...TAX, rule: 'tax_on_top' }],
  [
    'VAT 20 % is part of the prices: 6.00 of 30.00, 1.00 of it on shipping',
    { ...TAX, rule: 'tax_included', onShipping: dollars('1.00') },
  ],
  [
    'GST 5 % + QST 9.975 % is part of the prices and not charged: 6.00 of 30.00',
    {
      ...TAX,
      rule: 'tax_relief',
      rates: [
        { ruleId: 'gst', name: 'GST', rate: percent('5') },
        { ruleId: 'qst', name: 'QST', rate: percent('9.975') },
      ],
    },
  ],
  [
    'Goods 27.00 plus shipping 5.99 plus tax 6.00',
    {
      step: 'totals',
      rule: 'goods_plus_shipping_plus_tax',
      exact: cents(3_899n),
      amount: dollars('38.99'),
      shares: [],
      goods: dollars('27.00'),
      shipping: dollars('5.99'),
      taxOnTop: dollars('6.00'),
    },
  ],
];

describe('a step of the calculation', () => {
  it.each(steps)('is told: %s', (words, step) => {
    expect(stepInWords(step)).toBe(words);
  });
});
