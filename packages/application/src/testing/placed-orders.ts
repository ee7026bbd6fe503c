import { ok, safeTry } from 'neverthrow';

import type {
  OrderId,
  OrderItemId,
  PaymentId,
  PaymentOperationId,
  UserId,
  VariantId,
} from '@kastoma/domain/core';
import type { Promotion } from '@kastoma/domain/pricing';

import { dollars } from './builders/money.builder.ts';
import { anOrderOf } from './builders/order.builder.ts';
import { asCustomer } from './contexts.ts';
import type { ShopPorts } from './shop-ports.ts';
import { givenCart, givenCustomer, givenVariant } from './stocked-shop.ts';

type Wishes = {
  readonly customerId?: UserId;
  readonly method?: string;
  /** Of each item, which is of a variant of its own with ten units. */
  readonly quantities?: readonly number[];
  /** Whose use is counted. */
  readonly promotion?: Promotion;
};

export type PlacedOrder = {
  readonly id: OrderId;
  readonly customerId: UserId;
  readonly items: readonly { readonly id: OrderItemId; readonly variantId: VariantId }[];
  readonly paymentId: PaymentId;
  /** What the provider is to be asked for; null where none is. */
  readonly operationId: PaymentOperationId | null;
};

/** An order as a placement leaves it: its units held, its uses counted, its payment asked for and not yet made. */
export async function givenPlacedOrder(
  shop: ShopPorts,
  { customerId, method = 'manual', quantities = [2, 3], promotion }: Wishes = {},
): Promise<PlacedOrder> {
  const buyer = customerId ?? (await givenCustomer(shop));
  const wanted = await Promise.all(
    quantities.map(async (quantity) => ({ ...(await givenVariant(shop, 10)), quantity })),
  );
  const cart = await givenCart(shop, buyer, wanted);
  const at = shop.clock.now();
  const order = anOrderOf(cart, { paymentMethod: method, at });
  const { id, items, totals } = order.state;
  const uses =
    promotion === undefined
      ? []
      : [{ promotionId: promotion.state.id, couponId: null, discount: dollars('1.00') }];
  const placed = await shop.ordering.run(asCustomer(buyer), (tx) =>
    safeTry(async function* () {
      yield* tx.carts.save(yield* cart.checkOut(id, at));
      yield* tx.orders.add(order);
      const wish = { orderId: id, method, token: 'tok_success', amount: totals.total, at };
      const { payment, operationId } = yield* tx.payments.request(wish);
      yield* tx.promotions.redeem(id, uses, { id: buyer, email: null }, at);
      yield* tx.stock.reserve(id, items, at);
      return ok({
        id,
        customerId: buyer,
        items,
        paymentId: payment.id as PaymentId,
        operationId: operationId as PaymentOperationId | null,
      });
    }),
  );
  return placed._unsafeUnwrap();
}

/** The order of the variants: on hand and reserved of each. */
export async function unitsOf(shop: ShopPorts, { items }: Pick<PlacedOrder, 'items'>) {
  return Promise.all(
    items.map(async ({ variantId }) => {
      const { onHand, reserved } = (await shop.stockQueries.find(variantId))._unsafeUnwrap();
      return [onHand, reserved] as const;
    }),
  );
}

/** How many uses of a promotion count. */
export async function countedUsesOf(
  shop: ShopPorts,
  { state }: Promotion,
): Promise<number | undefined> {
  const counted = await shop.pricing.run(asCustomer('' as UserId), ({ uses }) =>
    uses.usesOf([state.id], { id: null, email: null }),
  );
  return counted._unsafeUnwrap()[0]?.total;
}
