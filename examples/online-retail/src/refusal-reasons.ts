/** Why a line of the file does not become part of an order, in words for the table. */
export const REASONS = {
  malformed: 'cannot be read',
  bad_debt: 'bad debt',
  postage: 'postage and carriage',
  discount: 'discounts',
  manual: 'manual adjustments',
  fee: 'fees and commissions',
  sample: 'samples',
  gift_voucher: 'gift vouchers',
  return: 'returns',
  write_off: 'negative quantity outside a return',
  no_quantity: 'zero quantity',
  negative_price: 'negative price',
  zero_price: 'zero price',
  fraction_of_a_penny: 'price with a fraction of a penny',
  quantity_too_large: 'more than 9,999 units in one line',
  unknown_country: 'no country to ship to',
  contradicts_invoice: 'another customer or country than its invoice',
  too_many_prices: 'more prices than a product can have variants',
} as const;

export type Reason = keyof typeof REASONS;
