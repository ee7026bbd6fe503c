import type { Container } from 'inversify';

import {
  orderingUnitOfWork,
  PostgresCartReader,
  PostgresOffers,
  PostgresOrderQueries,
} from '@kastoma/adapters-postgres';
import {
  AddToCart,
  ChangeCartItem,
  ChooseShipping,
  ClearCart,
  PlaceOrder,
  PricingEngine,
  ViewCart,
} from '@kastoma/application/ordering';
import { flatShippingRates } from '@kastoma/application/pricing';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Cart and order, with the prices and payments that they need. */
export function bindOrdering(container: Container): void {
  const { database, settings, ids, clock } = T;
  const { orderingUnitOfWork: unitOfWork, cartPricing: pricing, cartReader: carts, offers } = T;
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    orderingUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(container, carts, { database }, (given) => new PostgresCartReader(given.database));
  bind(container, offers, { database }, (given) => new PostgresOffers(given.database));
  bind(
    container,
    T.orderQueries,
    { database },
    (given) => new PostgresOrderQueries(given.database),
  );
  bind(
    container,
    pricing,
    { settings },
    (given) => new PricingEngine(given.settings.currency, flatShippingRates),
  );
  const viewing = { carts, offers, pricing, settings, ids, clock };
  bind(container, T.viewCart, viewing, (given) => new ViewCart(given));
  const editing = { unitOfWork, pricing, settings, ids, clock };
  bind(container, T.addToCart, editing, (given) => new AddToCart(given));
  bind(container, T.changeCartItem, editing, (given) => new ChangeCartItem(given));
  bind(container, T.chooseShipping, editing, (given) => new ChooseShipping(given));
  bind(container, T.clearCart, editing, (given) => new ClearCart(given));
  bind(
    container,
    T.placeOrder,
    { unitOfWork, pricing, ids, clock },
    (given) => new PlaceOrder(given),
  );
}
