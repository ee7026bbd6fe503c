import type { Clock, IdGenerator } from '@kastoma/application/core';
import {
  CountedPromotionUses,
  InventoryReturnedStock,
  InventoryStockReservations,
  RequestedPayments,
  RequestedPayouts,
  type CartPricing,
  type OrderingTx,
} from '@kastoma/application/ordering';
import type { PromotionsInForce } from '@kastoma/application/pricing';
import type { PaymentMethod } from '@kastoma/domain/payments';

import type { Database } from '../core/database.ts';
import { Outbox } from '../core/outbox.ts';
import { PostgresUnitOfWork, type Transaction } from '../core/unit-of-work.ts';
import { PostgresStockLedger } from '../inventory/stock.postgres-ledger.ts';
import { PostgresPaymentRepository } from '../payments/payments.postgres-repository.ts';
import type { PromotionTermsCache } from '../pricing/promotion-terms.cache.ts';
import { PostgresPromotionUseLedger } from '../pricing/promotion-uses.postgres-ledger.ts';
import { PostgresPromotionsInForce } from '../pricing/promotions-in-force.postgres-queries.ts';
import { PostgresCartRepository } from './carts.postgres-repository.ts';
import { PostgresCustomers } from './customers.read-view.ts';
import { PostgresOffers } from './offers.read-view.ts';
import { PostgresOrderLookups } from './order-lookups.postgres.ts';
import { PostgresOrderNotes } from './order-notes.postgres-repository.ts';
import { PostgresOrderRepository } from './orders.postgres-repository.ts';
import { PostgresReturnRepository } from './returns.postgres-repository.ts';

type OrderingParts = {
  readonly ids: IdGenerator;
  readonly pricingWith: (promotions: PromotionsInForce) => CartPricing;
  readonly knownTerms: PromotionTermsCache;
  /** Left out, no method is: for those who place no orders. */
  readonly paymentMethods?: readonly PaymentMethod[];
};

export function orderingUnitOfWork(
  database: Database,
  clock: Clock,
  ids: IdGenerator,
  pricingWith: (promotions: PromotionsInForce) => CartPricing,
  knownTerms: PromotionTermsCache,
  paymentMethods: readonly PaymentMethod[],
): PostgresUnitOfWork<OrderingTx> {
  const parts = { ids, pricingWith, knownTerms, paymentMethods };
  return new PostgresUnitOfWork(database, clock, (transaction) => openOrdering(transaction, parts));
}

/** What ordering does in a transaction, which may be one of another context. */
export function openOrdering(
  { sql, context, last }: Transaction,
  { ids, pricingWith, knownTerms, paymentMethods = [] }: OrderingParts,
): OrderingTx {
  const outbox = new Outbox(sql, context, ids, last);
  return {
    carts: new PostgresCartRepository(sql, last),
    customers: new PostgresCustomers(sql),
    orders: new PostgresOrderRepository(sql, outbox, context.actor, last),
    lookups: new PostgresOrderLookups(sql, outbox),
    notes: new PostgresOrderNotes(sql),
    offers: new PostgresOffers(sql, last),
    pricing: pricingWith(new PostgresPromotionsInForce(sql, knownTerms)),
    promotions: new CountedPromotionUses(new PostgresPromotionUseLedger(sql, last)),
    stock: new InventoryStockReservations(new PostgresStockLedger(sql, outbox, ids, last), context),
    payments: new RequestedPayments(
      new PostgresPaymentRepository(sql, outbox, last),
      ids,
      paymentMethods,
    ),
    payouts: new RequestedPayouts(new PostgresPaymentRepository(sql, outbox, last), ids),
    returns: new PostgresReturnRepository(sql, outbox),
    returnedStock: new InventoryReturnedStock(
      new PostgresStockLedger(sql, outbox, ids, last),
      context,
    ),
  };
}
