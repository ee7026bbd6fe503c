import type { Container } from 'inversify';

import {
  orderingUnitOfWork,
  PostgresCartReader,
  PostgresCustomers,
  PostgresOffers,
  PostgresOrderQueries,
  PostgresPromotionsInForce,
  PromotionTermsCache,
  wishlistMoves,
} from '@kastoma/adapters-postgres';
import type { StoreSettings } from '@kastoma/application/core';
import {
  AddToCart,
  ApplyCoupon,
  ChangeCartItem,
  ChooseAddress,
  ChooseShipping,
  ClearCart,
  PayOrder,
  PlaceOrder,
  PricingEngine,
  ProviderPayments,
  RemoveCoupon,
  ValidateCoupon,
  ViewCart,
} from '@kastoma/application/ordering';
import { NEW_STORE_PRICING, type PromotionsInForce } from '@kastoma/application/pricing';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Cart and order, with the prices and payments that they need. */
export function bindOrdering(container: Container): void {
  const knownTerms = new PromotionTermsCache();
  const { database, settings, ids, clock, customers, promotionsInForce } = T;
  const { orderingUnitOfWork: unitOfWork, cartPricing: pricing, cartReader: carts, offers } = T;
  const { paymentMethods, carryOutOperation: carryOut, orderQueries } = T;
  bind(container, unitOfWork, { database, clock, ids, settings, paymentMethods }, (given) =>
    orderingUnitOfWork(
      given.database,
      given.clock,
      given.ids,
      pricingOf(given.settings),
      knownTerms,
      given.paymentMethods,
    ),
  );
  bind(container, T.wishlistMoves, { database, clock, ids, settings }, (given) =>
    wishlistMoves({ ...given, pricingWith: pricingOf(given.settings), knownTerms }),
  );
  bind(container, carts, { database }, (given) => new PostgresCartReader(given.database));
  bind(container, customers, { database }, (given) => new PostgresCustomers(given.database));
  bind(container, offers, { database }, (given) => new PostgresOffers(given.database));
  bind(
    container,
    promotionsInForce,
    { database },
    (given) => new PostgresPromotionsInForce(given.database, knownTerms),
  );
  bind(
    container,
    T.orderQueries,
    { database },
    (given) => new PostgresOrderQueries(given.database),
  );
  bind(container, pricing, { settings, promotionsInForce }, (given) =>
    pricingOf(given.settings)(given.promotionsInForce),
  );
  const viewing = { carts, customers, offers, pricing, settings, ids, clock };
  bind(container, T.viewCart, viewing, (given) => new ViewCart(given));
  bind(
    container,
    T.validateCoupon,
    { ...viewing, unitOfWork },
    (given) => new ValidateCoupon(given),
  );
  const editing = { unitOfWork, settings, ids, clock };
  bind(container, T.addToCart, editing, (given) => new AddToCart(given));
  bind(container, T.applyCoupon, editing, (given) => new ApplyCoupon(given));
  bind(container, T.removeCoupon, editing, (given) => new RemoveCoupon(given));
  bind(container, T.changeCartItem, editing, (given) => new ChangeCartItem(given));
  bind(container, T.chooseAddress, editing, (given) => new ChooseAddress(given));
  bind(container, T.chooseShipping, editing, (given) => new ChooseShipping(given));
  bind(container, T.clearCart, editing, (given) => new ClearCart(given));
  bind(
    container,
    T.placeOrder,
    { unitOfWork, ids, clock, carryOut, orderQueries },
    (given) => new PlaceOrder({ ...given, execution: new ProviderPayments(given.carryOut) }),
  );
  bind(
    container,
    T.payOrder,
    { unitOfWork, clock, carryOut },
    (given) => new PayOrder({ ...given, execution: new ProviderPayments(given.carryOut) }),
  );
}

/** The shop's prices, with the promotions as somebody reads them: in a transaction, or without one. */
function pricingOf({ currency }: StoreSettings) {
  return (promotions: PromotionsInForce) =>
    new PricingEngine(currency, NEW_STORE_PRICING, promotions);
}
