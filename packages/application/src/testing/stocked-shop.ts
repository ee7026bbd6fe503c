import type { Category, Product } from '@kastoma/domain/catalog';
import type { ProductId, UserId, VariantId } from '@kastoma/domain/core';
import { User } from '@kastoma/domain/identity';
import type { Cart, Order } from '@kastoma/domain/ordering';

import { aCart, type Wanted } from './builders/cart.builder.ts';
import { aCategory } from './builders/category.builder.ts';
import { anOrderOf } from './builders/order.builder.ts';
import { aPayment } from './builders/payment.builder.ts';
import { aProduct, type ProductWishes } from './builders/product.builder.ts';
import { aUser } from './builders/user.builder.ts';
import { SHOP } from './contexts.ts';
import type { ShopPorts } from './shop-ports.ts';

/** What a test begins with: somebody who shops, and something to buy. */

/** Stores an account, and gives it back as it is read: what it had to tell was told. */
export async function givenUser(shop: ShopPorts, user: User = aUser()): Promise<User> {
  return (
    await shop.identity.run(SHOP, ({ users }) =>
      users.add(user).map(() => User.restore(user.state, user.version)),
    )
  )._unsafeUnwrap();
}

export async function givenCustomer(shop: ShopPorts): Promise<UserId> {
  return (await givenUser(shop)).state.id;
}

export async function givenCategory(
  shop: ShopPorts,
  category: Category = aCategory(),
): Promise<Category> {
  const added = shop.catalog.run(SHOP, ({ categories }) =>
    categories.add(category).map(() => category),
  );
  return (await added)._unsafeUnwrap();
}

/** Stores a product with so many units of each variant. */
export async function givenProduct(
  shop: ShopPorts,
  wishes: ProductWishes = {},
  units: number = 0,
): Promise<Product> {
  const product = aProduct(wishes);
  const openings = product.state.variants.map(({ id }) => ({ variantId: id, units, path: [] }));
  const added = shop.catalog.run(SHOP, ({ products, stock }) =>
    products
      .add(product)
      .andThen(() => stock.open(openings))
      .map(() => product),
  );
  return (await added)._unsafeUnwrap();
}

/** A product in one variant, by its ids. */
export async function givenVariant(
  shop: ShopPorts,
  units: number = 0,
  wishes: ProductWishes = {},
): Promise<{ readonly productId: ProductId; readonly variantId: VariantId }> {
  const { id, variants } = (await givenProduct(shop, wishes, units)).state;
  return { productId: id, variantId: variants[0].id };
}

export async function givenCart(
  shop: ShopPorts,
  customerId: UserId,
  wanted: readonly Wanted[],
): Promise<Cart> {
  const saved = shop.ordering.run(SHOP, ({ carts }) => carts.save(aCart(customerId, wanted)));
  return (await saved)._unsafeUnwrap();
}

/** Stores an order of one unit of something, with its payment and the cart that it was made of. */
export async function givenOrder(
  shop: ShopPorts,
  customerId: UserId,
  wishes: Parameters<typeof anOrderOf>[1] = {},
): Promise<Order> {
  const variant = await givenVariant(shop);
  const cart = await givenCart(shop, customerId, [{ ...variant, quantity: 1 }]);
  const order = anOrderOf(cart, wishes);
  await storeOrder(shop, cart, order);
  return order;
}

/** Stores an order with its payment, and the cart that it was made of. */
export async function storeOrder(shop: ShopPorts, cart: Cart, order: Order): Promise<void> {
  const { id, placedAt, totals } = order.state;
  const stored = shop.ordering.run(SHOP, ({ carts, orders }) =>
    cart
      .checkOut(id, placedAt)
      .asyncAndThen((ordered) => carts.save(ordered))
      .andThen(() => orders.add(order)),
  );
  (await stored)._unsafeUnwrap();
  const paid = shop.payments.run(SHOP, ({ payments }) => payments.add(aPayment(id, totals.total)));
  (await paid)._unsafeUnwrap();
}
