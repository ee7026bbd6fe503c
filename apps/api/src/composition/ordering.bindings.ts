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
  bind(container, T.orderingUnitOfWork, [T.database, T.clock, T.ids], orderingUnitOfWork);
  bind(container, T.cartReader, [T.database], (database) => new PostgresCartReader(database));
  bind(container, T.offers, [T.database], (database) => new PostgresOffers(database));
  bind(container, T.orderQueries, [T.database], (database) => new PostgresOrderQueries(database));
  bind(
    container,
    T.cartPricing,
    [T.settings],
    ({ currency }) => new PricingEngine(currency, flatShippingRates),
  );
  bind(
    container,
    T.viewCart,
    [T.cartReader, T.offers, T.cartPricing, T.settings, T.ids, T.clock],
    (carts, offers, pricing, settings, ids, clock) =>
      new ViewCart({ carts, offers, pricing, settings, ids, clock }),
  );
  const editing = [T.orderingUnitOfWork, T.cartPricing, T.settings, T.ids, T.clock] as const;
  bind(
    container,
    T.addToCart,
    editing,
    (unitOfWork, pricing, settings, ids, clock) =>
      new AddToCart({ unitOfWork, pricing, settings, ids, clock }),
  );
  bind(
    container,
    T.changeCartItem,
    editing,
    (unitOfWork, pricing, settings, ids, clock) =>
      new ChangeCartItem({ unitOfWork, pricing, settings, ids, clock }),
  );
  bind(
    container,
    T.chooseShipping,
    editing,
    (unitOfWork, pricing, settings, ids, clock) =>
      new ChooseShipping({ unitOfWork, pricing, settings, ids, clock }),
  );
  bind(
    container,
    T.clearCart,
    editing,
    (unitOfWork, pricing, settings, ids, clock) =>
      new ClearCart({ unitOfWork, pricing, settings, ids, clock }),
  );
  bind(
    container,
    T.placeOrder,
    [T.orderingUnitOfWork, T.cartPricing, T.ids, T.clock],
    (unitOfWork, pricing, ids, clock) => new PlaceOrder({ unitOfWork, pricing, ids, clock }),
  );
}
