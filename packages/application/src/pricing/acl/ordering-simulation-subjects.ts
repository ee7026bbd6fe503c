import { errAsync, ResultAsync } from 'neverthrow';

import {
  defect,
  type CartId,
  type Currency,
  type UserId,
  type VariantId,
} from '@kastoma/domain/core';
import type { CouponCode } from '@kastoma/domain/pricing';

import type { Clock } from '../../core/clock.port.ts';
import type { StoreSettings } from '../../core/store-settings.ts';
import { inputOf } from '../../ordering/acl/pricing-engine.ts';
import type { CartToPrice, LineToPrice } from '../../ordering/cart-pricing.port.ts';
import type { CartReader } from '../../ordering/cart-repository.port.ts';
import { readCart } from '../../ordering/cart-view.ts';
import type { Customers } from '../../ordering/customers.port.ts';
import { destinationOf } from '../../ordering/destination-choice.ts';
import { pricingFactsOf, type Offers, type PricingFacts } from '../../ordering/offers.port.ts';
import type { OrderQueries } from '../../ordering/order-queries.port.ts';
import type { OrderView } from '../../ordering/order-view.ts';
import type { BuyerFacts, PromotionsInForce } from '../promotions-in-force.port.ts';
import type {
  CartMissing,
  SimulationSubject,
  SimulationSubjects,
} from '../simulation-subjects.port.ts';
import type { StorePricing } from '../store-pricing.ts';

type Dependencies = {
  readonly carts: CartReader;
  readonly offers: Offers;
  readonly customers: Customers;
  readonly orderQueries: OrderQueries;
  readonly promotions: PromotionsInForce;
  readonly settings: StoreSettings;
  readonly store: StorePricing;
  readonly clock: Clock;
};

const MISSING: CartMissing = { code: 'pricing.cart_missing', path: ['cartId'] };

/** Of a variant that the shop gave up nothing is known. */
const NO_FACTS: PricingFacts = {
  categoryIds: [],
  tags: [],
  taxClass: 'standard',
  weightGrams: null,
  minimumUnitPrice: null,
};

/** The carts and orders of ordering, as the engine reads them. */
export class OrderingSimulationSubjects implements SimulationSubjects {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  cart(id: CartId): ResultAsync<SimulationSubject, CartMissing> {
    const { carts, clock, settings } = this.#dependencies;
    return carts.find(id).andThen((cart) => {
      if (cart === null) return errAsync(MISSING);
      const { currency, shippingMethod } = cart.state;
      const method = this.#methodNamed(shippingMethod, currency);
      const request = {
        at: clock.now(),
        shipping: { method, isEstimated: true },
        destination: destinationOf(cart, settings),
      };
      const read = readCart(cart, request, this.#dependencies);
      return ResultAsync.fromSafePromise(read)
        .map(({ toPrice }) => this.#withPromotions(toPrice))
        .map((input) => ({ kind: 'cart' as const, id, number: null, charged: null, input }));
    });
  }

  async lastOrders(count: number): Promise<readonly SimulationSubject[]> {
    const { orderQueries, promotions, store } = this.#dependencies;
    const { items: orders } = await orderQueries.list(null, { page: 1, pageSize: count });
    const facts = await this.#factsOf(orders);
    const carts = orders.map((order) => {
      const shippingMethod = this.#methodNamed(order.shippingMethod, order.currency);
      return { ...toPriceAgain(order, facts), shippingMethod };
    });
    const buyers = orders.map((order) => buyerOf(order, facts));
    const known = await promotions.forPastCarts(
      carts.map(({ at, couponCodes }) => ({ at, codes: couponCodes as readonly CouponCode[] })),
    );
    return orders.map((order, index) => {
      const { id, number, totals: charged } = order;
      const [cart, buyer, promised] = [carts[index], buyers[index], known[index]];
      if (cart === undefined || buyer === undefined || promised === undefined)
        return defect(`Nobody asked for the promotions of order ${number}.`);
      const input = inputOf(cart, { ...promised, buyer }, store);
      return { kind: 'order', id, number, charged, input };
    });
  }

  /** The way of shipping that was chosen, or the default one where none was or where the shop gave it up. */
  #methodNamed(wanted: string | null, currency: Currency): string {
    const offered = this.#dependencies.store
      .shippingMethodsIn(currency)
      .map(({ method }) => method);
    return (
      offered.find((method) => method === wanted) ??
      offered[0] ??
      defect('The shop has no way of shipping.')
    );
  }

  async #withPromotions(cart: CartToPrice) {
    const { promotions, store } = this.#dependencies;
    const known = await promotions.forCart({
      at: cart.at,
      codes: cart.couponCodes as readonly CouponCode[],
      customer: { id: cart.customerId, email: cart.guestEmail },
    });
    return inputOf(cart, known, store);
  }

  async #factsOf(orders: readonly OrderView[]): Promise<Facts> {
    const { offers, customers, orderQueries } = this.#dependencies;
    const customerIds = unique(orders.flatMap(({ customerId }) => (customerId ?? []) as UserId));
    const guests = unique(
      orders.flatMap(({ customerId, email }) => (customerId === null ? (email ?? []) : [])),
    );
    const currencies = unique(orders.map(({ currency }) => currency));
    const variantIds = unique(
      orders.flatMap(({ items }) => items.map(({ variantId }) => variantId)),
    );
    const [offered, groups, firstOrders] = await Promise.all([
      Promise.all(currencies.map((currency) => offers.ofVariants(variantIds, currency))),
      customers.groupsOf(customerIds),
      orderQueries.firstOrders(customerIds, guests),
    ]);
    const facts = offered
      .flat()
      .map((offer) => [keyOf(offer.variantId, offer.unitPrice.currency), offer] as const);
    return { offers: new Map(facts), groups, firstOrders };
  }
}

type Facts = {
  readonly offers: ReadonlyMap<string, PricingFacts>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly firstOrders: ReadonlySet<string>;
};

function toPriceAgain(order: OrderView, facts: Facts): Omit<CartToPrice, 'shippingMethod'> {
  const { currency } = order;
  const customerId = order.customerId as UserId | null;
  return {
    customerId,
    guestEmail: customerId === null ? order.email : null,
    currency,
    at: order.placedAt,
    lines: order.items.map(({ id, productId, variantId, unitPrice, quantity }): LineToPrice => {
      const offer = facts.offers.get(keyOf(variantId, currency)) ?? NO_FACTS;
      return { id, productId, variantId, unitPrice, quantity, ...pricingFactsOf(offer) };
    }),
    couponCodes: order.promotions.flatMap(({ couponCode }) => couponCode ?? []),
    destination: order.shippingAddress,
  };
}

function buyerOf({ id, customerId }: OrderView, { groups, firstOrders }: Facts): BuyerFacts {
  return {
    groups: customerId === null ? [] : (groups.get(customerId) ?? []),
    isFirstOrder: firstOrders.has(id),
  };
}

function keyOf(variantId: VariantId, currency: string): string {
  return `${variantId} ${currency}`;
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
