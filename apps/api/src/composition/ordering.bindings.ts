import type { Container } from 'inversify';

import {
  orderingUnitOfWork,
  PostgresCartReader,
  PostgresCustomers,
  PostgresLeftCarts,
  PostgresOffers,
  PostgresOrderExport,
  PostgresOrderQueries,
  PostgresOrderRecords,
  PostgresOverdueOrders,
  PostgresPromotionsInForce,
  PromotionTermsCache,
  wishlistMoves,
} from '@kastoma/adapters-postgres';
import type { StoreSettings } from '@kastoma/application/core';
import {
  AddToCart,
  ApplyCoupon,
  CancelOrder,
  ChangeCartItem,
  ChangeOrderStatus,
  ChooseAddress,
  ChooseShipping,
  ClearCart,
  ExpireCarts,
  LookUpOrder,
  MailOrderToken,
  MergeCarts,
  ExpireOrders,
  FulfilOrder,
  PayOrder,
  PlaceOrder,
  PricingEngine,
  ProviderPayments,
  RemoveCoupon,
  ValidateCoupon,
  ViewCart,
  WriteOrderNote,
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
  bind(container, T.orderExport, { database }, (given) => new PostgresOrderExport(given.database));
  bind(container, pricing, { settings, promotionsInForce }, (given) =>
    pricingOf(given.settings)(given.promotionsInForce),
  );
  bind(
    container,
    T.lookUpOrder,
    { unitOfWork, rateLimiter: T.rateLimiter, ids, clock },
    (given) => new LookUpOrder(given),
  );
  const { accountMails, mailer, guestTokens } = T;
  bind(
    container,
    T.mailOrderToken,
    { orderQueries, guestTokens, mailer, clock, accountMails },
    (given) => new MailOrderToken({ ...given, publicUrl: given.accountMails.publicUrl }),
  );
  bind(container, T.leftCarts, { database }, (given) => new PostgresLeftCarts(given.database));
  bind(
    container,
    T.expireCarts,
    { retention: T.leftCarts, clock },
    (given) => new ExpireCarts(given),
  );
  const viewing = { carts, offers, pricing, settings, ids, clock };
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
  bind(container, T.mergeCarts, editing, (given) => new MergeCarts(given));
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
  bind(container, T.cancelOrder, { unitOfWork, clock }, (given) => new CancelOrder(given));
  const moving = { unitOfWork, ids, clock };
  bind(container, T.changeOrderStatus, moving, (given) => new ChangeOrderStatus(given));
  bind(container, T.fulfilOrder, moving, (given) => new FulfilOrder(given));
  bind(container, T.writeOrderNote, moving, (given) => new WriteOrderNote(given));
  bind(
    container,
    T.orderRecords,
    { database },
    (given) => new PostgresOrderRecords(given.database),
  );
  const { overdueOrders, paymentDeadline } = T;
  bind(
    container,
    overdueOrders,
    { database },
    (given) => new PostgresOverdueOrders(given.database),
  );
  bind(
    container,
    T.expireOrders,
    { unitOfWork, overdueOrders, clock, paymentDeadline },
    (given) => new ExpireOrders(given),
  );
}

/** The shop's prices, with the promotions as somebody reads them: in a transaction, or without one. */
function pricingOf({ currency }: StoreSettings) {
  return (promotions: PromotionsInForce) =>
    new PricingEngine(currency, NEW_STORE_PRICING, promotions);
}
