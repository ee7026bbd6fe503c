import type { Clock, IdGenerator } from '@kastoma/application/core';
import {
  CountedPromotionUses,
  InventoryStockReservations,
  RequestedPayments,
  type CartPricing,
  type OrderingTx,
} from '@kastoma/application/ordering';
import type { PromotionsInForce } from '@kastoma/application/pricing';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork } from '../core/unit-of-work.ts';
import { PostgresStockLedger } from '../inventory/stock.postgres-ledger.ts';
import { PostgresPaymentRepository } from '../payments/payments.postgres-repository.ts';
import type { PromotionTermsCache } from '../pricing/promotion-terms.cache.ts';
import { PostgresPromotionUseLedger } from '../pricing/promotion-uses.postgres-ledger.ts';
import { PostgresPromotionsInForce } from '../pricing/promotions-in-force.postgres-queries.ts';
import { PostgresCartRepository } from './carts.postgres-repository.ts';
import { PostgresCustomers } from './customers.read-view.ts';
import { PostgresOffers } from './offers.read-view.ts';
import { PostgresOrderRepository } from './orders.postgres-repository.ts';

export function orderingUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
  pricingWith: (promotions: PromotionsInForce) => CartPricing,
  knownTerms: PromotionTermsCache,
): PostgresUnitOfWork<OrderingTx> {
  return new PostgresUnitOfWork(database, clock, ({ sql, context }) => {
    const outbox = new Outbox(sql, context, ids);
    return {
      carts: new PostgresCartRepository(sql),
      customers: new PostgresCustomers(sql),
      orders: new PostgresOrderRepository(sql, outbox),
      offers: new PostgresOffers(sql),
      pricing: pricingWith(new PostgresPromotionsInForce(sql, knownTerms)),
      promotions: new CountedPromotionUses(new PostgresPromotionUseLedger(sql)),
      stock: new InventoryStockReservations(new PostgresStockLedger(sql, ids), context),
      payments: new RequestedPayments(new PostgresPaymentRepository(sql, outbox), ids),
    };
  });
}
