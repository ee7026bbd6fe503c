import type { Container } from 'inversify';

import {
  PostgresCouponQueries,
  PostgresPromotionQueries,
  pricingUnitOfWork,
} from '@kastoma/adapters-postgres';
import {
  CreateCoupon,
  CreatePromotion,
  DeleteCoupon,
  DeletePromotion,
  NEW_STORE_PRICING,
  OrderingSimulationSubjects,
  ReviseCoupon,
  RevisePromotion,
  SimulatePromotion,
} from '@kastoma/application/pricing';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Promotions and coupons, as those use them who make them. */
export function bindPricing(container: Container): void {
  const { database, ids, clock, pricingUnitOfWork: unitOfWork } = T;
  bind(container, unitOfWork, { database, clock, ids }, (given) =>
    pricingUnitOfWork(given.database, given.clock, given.ids),
  );
  bind(
    container,
    T.promotionQueries,
    { database },
    (given) => new PostgresPromotionQueries(given.database),
  );
  bind(
    container,
    T.couponQueries,
    { database },
    (given) => new PostgresCouponQueries(given.database),
  );
  const creating = { unitOfWork, ids, clock };
  bind(container, T.createPromotion, creating, (given) => new CreatePromotion(given));
  bind(container, T.createCoupon, creating, (given) => new CreateCoupon(given));
  const changing = { unitOfWork, clock };
  bind(container, T.revisePromotion, changing, (given) => new RevisePromotion(given));
  bind(container, T.deletePromotion, changing, (given) => new DeletePromotion(given));
  bind(container, T.reviseCoupon, changing, (given) => new ReviseCoupon(given));
  bind(container, T.deleteCoupon, changing, (given) => new DeleteCoupon(given));
  const { cartReader: carts, offers, customers, orderQueries, promotionsInForce: promotions } = T;
  const { settings, pause } = T;
  const reading = { carts, offers, customers, orderQueries, promotions, settings, clock };
  const trying = { ...reading, ids, pause, unitOfWork };
  bind(container, T.simulatePromotion, trying, (given) => {
    const subjects = new OrderingSimulationSubjects({ ...given, store: NEW_STORE_PRICING });
    return new SimulatePromotion({ ...given, subjects });
  });
}
