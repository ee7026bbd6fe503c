import { errAsync } from 'neverthrow';
import { expect, it } from 'vitest';

import type { Country, Instant } from '@kastoma/domain/core';
import type { Cart } from '@kastoma/domain/ordering';

import { BUILT_AT } from '../testing/builders/builder-ids.ts';
import { aCart } from '../testing/builders/cart.builder.ts';
import { aCategory } from '../testing/builders/category.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCategory, givenCustomer, givenProduct } from '../testing/stocked-shop.ts';
import type { CartPricing, CartToPrice } from './cart-pricing.port.ts';
import { quoteCart } from './cart-view.ts';

it('a cart comes to the pricing with all that the shop says of its items and of its customer', async () => {
  const shop = inMemoryShop();
  const parent = (await givenCategory(shop)).state.id;
  const categoryId = (await givenCategory(shop, aCategory({ parentId: parent }))).state.id;
  const { id: productId, variants } = (
    await givenProduct(shop, {
      categoryId,
      tags: ['gift'],
      variants: [{ price: '9.00', minimumPrice: '7.50', weightGrams: 320, taxClass: 'reduced' }],
    })
  ).state;
  const variantId = variants[0].id;
  const cart = aCart(await givenCustomer(shop), [{ productId, variantId, quantity: 3 }]);
  const asked = await askedFor(cart, shop);
  expect(asked?.customerId).toBe(cart.state.customerId);
  expect(asked?.lines).toEqual([
    {
      id: cart.state.items[0]?.id,
      productId,
      variantId,
      quantity: 3,
      unitPrice: dollars('9.00'),
      categoryIds: [categoryId, parent],
      tags: ['gift'],
      taxClass: 'reduced',
      weightGrams: 320,
      minimumUnitPrice: dollars('7.50'),
    },
  ]);
});

/** What the pricing is asked when somebody looks at a cart. */
async function askedFor(cart: Cart, { offers }: ShopPorts): Promise<CartToPrice | undefined> {
  let asked: CartToPrice | undefined;
  const pricing: CartPricing = {
    shippingMethods: ['standard'],
    price: (request) => {
      asked = request;
      return errAsync({ code: 'ordering.cart_not_priceable', reason: 'It was only looked at.' });
    },
  };
  const shipping = { method: 'standard', isEstimated: true };
  const destination = { country: 'US' as Country, region: null, isEstimated: true };
  const request = { at: BUILT_AT as Instant, shipping, destination };
  expect((await quoteCart(cart, request, { offers, pricing })).isErr()).toBe(true);
  return asked;
}
