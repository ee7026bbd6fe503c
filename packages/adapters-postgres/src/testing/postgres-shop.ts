import { PricingEngine } from '@kastoma/application/ordering';
import {
  NEW_STORE_PRICING,
  type PromotionsInForce,
  type StorePricing,
} from '@kastoma/application/pricing';
import {
  MovingClock,
  SequentialIds,
  type OpenShop,
  type RecordedEvent,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Country, Currency } from '@kastoma/domain/core';
import { PAYMENT_METHODS } from '@kastoma/domain/payments';

import { catalogUnitOfWork } from '../catalog/catalog.unit-of-work.ts';
import { PostgresCategoryQueries } from '../catalog/categories.postgres-queries.ts';
import { PostgresProductQueries } from '../catalog/products.read-view.ts';
import { PostgresReviewQueries } from '../catalog/reviews.read-view.ts';
import { wishlistMoves } from '../catalog/wishlist-moves.unit-of-work.ts';
import { PostgresWishlistQueries } from '../catalog/wishlists.read-view.ts';
import { PostgresAuditQueries } from '../core/audit-entries.ts';
import type { Database } from '../core/database.ts';
import { PostgresOutboxDeliveries } from '../core/outbox.postgres-deliveries.ts';
import { fromTimestamp } from '../core/timestamp.ts';
import { PostgresAccessStandings } from '../identity/access-standings.postgres-queries.ts';
import { PostgresAddressBookReader } from '../identity/address-books.postgres-repository.ts';
import { PostgresApiKeyStandings } from '../identity/api-key-standings.postgres-queries.ts';
import { PostgresApiKeyQueries } from '../identity/api-keys.postgres-queries.ts';
import { identityUnitOfWork } from '../identity/identity.unit-of-work.ts';
import { PostgresPersonalData } from '../identity/personal-data.read-view.ts';
import { PostgresSecondFactorReader } from '../identity/second-factors.postgres-repository.ts';
import { PostgresSessionQueries } from '../identity/sessions.postgres-queries.ts';
import { PostgresUserQueries } from '../identity/users.postgres-queries.ts';
import { PostgresUserReader } from '../identity/users.postgres-repository.ts';
import { inventoryUnitOfWork } from '../inventory/inventory.unit-of-work.ts';
import { PostgresLocationReader } from '../inventory/locations.postgres-repository.ts';
import { PostgresStockQueries } from '../inventory/stock.postgres-queries.ts';
import { notificationsUnitOfWork } from '../notifications/notifications.unit-of-work.ts';
import { PostgresOrderEventLog } from '../notifications/order-event-log.postgres-queries.ts';
import { PostgresWebhookDeliveryQueue } from '../notifications/webhook-deliveries.postgres-queue.ts';
import { PostgresWebhookEndpointQueries } from '../notifications/webhook-endpoints.postgres-queries.ts';
import { PostgresCartReader } from '../ordering/carts.postgres-repository.ts';
import { PostgresCustomers } from '../ordering/customers.read-view.ts';
import { PostgresLeftCarts } from '../ordering/left-carts.postgres.ts';
import { PostgresOffers } from '../ordering/offers.read-view.ts';
import { PostgresOrderExport } from '../ordering/order-export.read-view.ts';
import { PostgresOrderRecords } from '../ordering/order-records.read-view.ts';
import { orderingUnitOfWork } from '../ordering/ordering.unit-of-work.ts';
import { PostgresOrderQueries } from '../ordering/orders.read-view.ts';
import { PostgresOverdueOrders } from '../ordering/overdue-orders.read-view.ts';
import { PostgresRefundQueries } from '../ordering/refunds.read-view.ts';
import { PostgresReturnQueries } from '../ordering/returns.read-view.ts';
import { PostgresOperationQueue } from '../payments/operations.postgres-queue.ts';
import { PostgresPaymentReader } from '../payments/payments.postgres-repository.ts';
import { paymentsUnitOfWork } from '../payments/payments.unit-of-work.ts';
import { PostgresProviderEvents } from '../payments/provider-events.postgres-ledger.ts';
import { PostgresStuckOperations } from '../payments/stuck-operations.read-view.ts';
import { PostgresCouponQueries } from '../pricing/coupons.read-view.ts';
import { pricingUnitOfWork } from '../pricing/pricing.unit-of-work.ts';
import { PromotionTermsCache } from '../pricing/promotion-terms.cache.ts';
import { PostgresPromotionsInForce } from '../pricing/promotions-in-force.postgres-queries.ts';
import { PostgresPromotionQueries } from '../pricing/promotions.postgres-queries.ts';
import { createTestDatabase } from './test-database.ts';

/** Opens shops on databases of their own. */
export function postgresShopsOn(serverUrl: string): OpenShop {
  return async () => {
    const { database, drop } = await createTestDatabase(serverUrl);
    return { ports: postgresShop(database), close: drop };
  };
}

/** Every port of the application ring as PostgreSQL keeps it. */
export function postgresShop(
  database: Database,
  prices: StorePricing = NEW_STORE_PRICING,
): ShopPorts {
  const settings = { currency: 'USD' as Currency, country: 'US' as Country };
  const clock = new MovingClock();
  const ids = new SequentialIds();
  const pricingWith = (promotions: PromotionsInForce) =>
    new PricingEngine(settings.currency, prices, promotions);
  const knownTerms = new PromotionTermsCache();
  return {
    settings,
    clock,
    ids,
    identity: identityUnitOfWork(database, clock, ids),
    catalog: catalogUnitOfWork(database, clock, ids, settings),
    wishlistMoves: wishlistMoves({ database, clock, ids, settings, pricingWith, knownTerms }),
    inventory: inventoryUnitOfWork(database, clock, ids),
    ordering: orderingUnitOfWork(database, clock, ids, pricingWith, knownTerms, PAYMENT_METHODS),
    payments: paymentsUnitOfWork(database, clock, ids),
    paymentReader: new PostgresPaymentReader(database),
    operationQueue: new PostgresOperationQueue(database),
    stuckOperations: new PostgresStuckOperations(database),
    providerEvents: new PostgresProviderEvents(database),
    pricing: pricingUnitOfWork(database, clock, ids),
    notifications: notificationsUnitOfWork(database, clock, ids),
    webhookEndpointQueries: new PostgresWebhookEndpointQueries(database),
    webhookDeliveryQueue: new PostgresWebhookDeliveryQueue(database),
    webhookDeliveryQueries: new PostgresWebhookDeliveryQueue(database),
    orderEventLog: new PostgresOrderEventLog(database),
    outbox: new PostgresOutboxDeliveries(database),
    auditQueries: new PostgresAuditQueries(database),
    users: new PostgresUserReader(database),
    userQueries: new PostgresUserQueries(database),
    addressBooks: new PostgresAddressBookReader(database),
    personalData: new PostgresPersonalData(database),
    accessStandings: new PostgresAccessStandings(database),
    apiKeyStandings: new PostgresApiKeyStandings(database),
    apiKeyQueries: new PostgresApiKeyQueries(database),
    secondFactors: new PostgresSecondFactorReader(database),
    sessionQueries: new PostgresSessionQueries(database),
    productQueries: new PostgresProductQueries(database, settings),
    categoryQueries: new PostgresCategoryQueries(database),
    reviewQueries: new PostgresReviewQueries(database),
    wishlistQueries: new PostgresWishlistQueries(database, settings),
    stockQueries: new PostgresStockQueries(database),
    locations: new PostgresLocationReader(database),
    carts: new PostgresCartReader(database),
    leftCarts: new PostgresLeftCarts(database),
    customers: new PostgresCustomers(database),
    offers: new PostgresOffers(database),
    cartPricing: pricingWith(new PostgresPromotionsInForce(database, knownTerms)),
    orderQueries: new PostgresOrderQueries(database),
    orderExport: new PostgresOrderExport(database),
    refundQueries: new PostgresRefundQueries(database),
    returnQueries: new PostgresReturnQueries(database),
    orderRecords: new PostgresOrderRecords(database),
    overdueOrders: new PostgresOverdueOrders(database),
    promotionQueries: new PostgresPromotionQueries(database),
    couponQueries: new PostgresCouponQueries(database),
    promotionsInForce: new PostgresPromotionsInForce(database, knownTerms),
    eventsOf: (aggregateId) => eventsOf(database, aggregateId),
  };
}

type OutboxRow = {
  type: string;
  schema_version: number;
  aggregate_id: string;
  aggregate_version: number;
  occurred_at: Date;
  correlation_id: string;
  actor: string;
  payload: object;
};

async function eventsOf(
  database: Database,
  aggregateId: string,
): Promise<readonly RecordedEvent[]> {
  const rows = await database<OutboxRow[]>`
    select
      type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id, actor, payload
    from core.outbox
    where aggregate_id = ${aggregateId}
    order by aggregate_version
  `;
  return rows.map((row) => ({
    type: row.type,
    schemaVersion: row.schema_version,
    aggregateId: row.aggregate_id,
    aggregateVersion: row.aggregate_version,
    occurredAt: fromTimestamp(row.occurred_at),
    correlationId: row.correlation_id,
    actor: row.actor,
    payload: row.payload,
  }));
}
