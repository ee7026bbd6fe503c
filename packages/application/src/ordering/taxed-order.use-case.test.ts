import { ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { anAddress } from '../testing/builders/address.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { pricesWithTax } from '../testing/builders/tax-policy.builder.ts';
import { asCustomer } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { clicksOf, orderingUseCases } from '../testing/ordering-use-cases.ts';
import { givenPromotion } from '../testing/promoted-shop.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';

/** Looks at a cart of three things for 10.00 in a shop that taxes so, a tenth off, and orders it to the United States. */
async function orderIn(prices: 'inclusive' | 'exclusive', seenIn: string | null = null) {
  const shop = inMemoryShop('USD', pricesWithTax(prices));
  const customerId = await givenCustomer(shop);
  const { variantId } = await givenVariant(shop, 9, { variants: [{ price: '10.00' }] });
  await givenPromotion(shop);
  const useCases = orderingUseCases(shop);
  expect((await clicksOf(customerId, useCases).addVariant(variantId, 3)).isOk()).toBe(true);
  if (seenIn !== null) {
    const address = anAddress({ country: seenIn });
    const choice = { customerId, expectedVersion: null, address };
    const chosen = useCases.chooseAddress.execute(choice, asCustomer(customerId));
    expect((await chosen).isOk()).toBe(true);
  }
  const cart = (await useCases.viewCart.execute({ customerId }))._unsafeUnwrap();
  const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
  const how = { ...unsaid, quoteHash: null };
  const placed = await useCases.placeOrder.execute(
    { customerId, shippingAddress: anAddress(), ...how, paymentMethod: 'manual', notes: '' },
    asCustomer(customerId),
  );
  const order = placed._unsafeUnwrap();
  expect(await shop.orderQueries.find(order.id as never, customerId)).toEqual(ok(order));
  return { cart, order };
}

describe('tax', () => {
  it('of a cart is that of the country of the shop until an address is known', async () => {
    const estimated = (await orderIn('exclusive')).cart;
    expect(estimated).toMatchObject({ isEstimated: true, totals: { total: dollars('39.59') } });
    const abroad = (await orderIn('exclusive', 'GB')).cart;
    expect(abroad.totals).toMatchObject({ tax: dollars('0.00'), total: dollars('32.99') });
  });

  it('on top is charged for where the goods go, wherever the cart was seen', async () => {
    const { order } = await orderIn('exclusive', 'GB');
    expect(order).toMatchObject({
      prices: 'exclusive',
      items: [
        {
          total: dollars('27.00'),
          tax: dollars('5.40'),
          taxes: [{ ruleId: 'sales tax', amount: dollars('5.40') }],
          units: [{ quantity: 3, total: dollars('9.00'), tax: dollars('1.80') }],
        },
      ],
      shipping: { total: dollars('5.99'), tax: dollars('1.20') },
      totals: { tax: dollars('6.60'), total: dollars('39.59') },
      payments: [{ amount: dollars('39.59') }],
    });
  });

  it('in the prices is told, and changes no total', async () => {
    const { cart, order } = await orderIn('inclusive');
    expect(cart.totals.total).toEqual(dollars('32.99'));
    expect(order).toMatchObject({
      prices: 'inclusive',
      items: [{ total: dollars('27.00'), tax: dollars('4.50') }],
      totals: { tax: dollars('5.50'), total: dollars('32.99') },
    });
  });
});
