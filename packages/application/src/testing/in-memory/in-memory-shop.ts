import type { Country, Currency } from '@kastoma/domain/core';
import { PAYMENT_METHODS } from '@kastoma/domain/payments';

import { InventoryStockOpening } from '../../catalog/acl/inventory-stock-opening.ts';
import { OrderingCartAdditions } from '../../catalog/acl/ordering-cart-additions.ts';
import { CountedPromotionUses } from '../../ordering/acl/counted-promotion-uses.ts';
import { InventoryReturnedStock } from '../../ordering/acl/inventory-returned-stock.ts';
import { InventoryStockReservations } from '../../ordering/acl/inventory-stock-reservations.ts';
import { PricingEngine } from '../../ordering/acl/pricing-engine.ts';
import { RequestedPayments } from '../../ordering/acl/requested-payments.ts';
import { RequestedPayouts } from '../../ordering/acl/requested-payouts.ts';
import type { OrderingTx } from '../../ordering/ordering.unit-of-work.ts';
import type { PromotionsInForce } from '../../pricing/promotions-in-force.port.ts';
import { NEW_STORE_PRICING, type StorePricing } from '../../pricing/store-pricing.ts';
import { MovingClock } from '../ports/moving-clock.ts';
import { SequentialIds } from '../ports/sequential-ids.ts';
import type { ShopPorts } from '../shop-ports.ts';
import {
  InMemoryAccessRepository,
  InMemoryAccessStandings,
} from './access.in-memory-repository.ts';
import {
  InMemoryAddressBookReader,
  InMemoryAddressBookRepository,
} from './address-books.in-memory-repository.ts';
import {
  InMemoryApiKeyQueries,
  InMemoryApiKeyRepository,
  InMemoryApiKeyStandings,
} from './api-keys.in-memory-repository.ts';
import { InMemoryAuditQueries } from './audit.in-memory-queries.ts';
import { InMemoryCartReader, InMemoryCartRepository } from './carts.in-memory-repository.ts';
import { InMemoryCategoryQueries } from './categories.in-memory-queries.ts';
import { InMemoryCategoryRepository } from './categories.in-memory-repository.ts';
import { InMemoryCouponQueries } from './coupons.in-memory-queries.ts';
import { InMemoryCouponRepository } from './coupons.in-memory-repository.ts';
import { InMemoryCustomers } from './customers.in-memory-queries.ts';
import { InMemoryOutbox } from './in-memory-outbox.ts';
import { InMemoryStore } from './in-memory-store.ts';
import { InMemoryUnitOfWork, type InMemoryTransaction } from './in-memory-unit-of-work.ts';
import { InMemoryLeftCarts } from './left-carts.in-memory.ts';
import { InMemoryListing } from './listing.in-memory.ts';
import { InMemoryLocations } from './locations.in-memory.ts';
import { InMemoryMailRequests } from './mail-requests.in-memory-notes.ts';
import { InMemoryMediaUploads } from './media-uploads.in-memory.ts';
import { InMemoryOffers } from './offers.in-memory-queries.ts';
import { InMemoryOneTimeTokens } from './one-time-tokens.in-memory-repository.ts';
import { InMemoryOperationQueue } from './operations.in-memory-queue.ts';
import { InMemoryOrderEventLog } from './order-event-log.in-memory.ts';
import { InMemoryOrderLookups } from './order-lookups.in-memory.ts';
import { InMemoryOrderNotes, InMemoryOrderRecords } from './order-records.in-memory.ts';
import { InMemoryOrderExport } from './orders.in-memory-export.ts';
import { InMemoryOrderQueries } from './orders.in-memory-queries.ts';
import { InMemoryOrderRepository } from './orders.in-memory-repository.ts';
import { InMemoryOutboxDeliveries } from './outbox.in-memory-deliveries.ts';
import { InMemoryOverdueOrders } from './overdue-orders.in-memory-queries.ts';
import {
  InMemoryPaymentReader,
  InMemoryPaymentRepository,
} from './payments.in-memory-repository.ts';
import { InMemoryPersonalData } from './personal-data.in-memory.ts';
import { InMemoryProductQueries } from './products.in-memory-queries.ts';
import { InMemoryProductRepository } from './products.in-memory-repository.ts';
import { InMemoryPromotionUseLedger } from './promotion-uses.in-memory-ledger.ts';
import { InMemoryPromotionsInForce } from './promotions-in-force.in-memory-queries.ts';
import { InMemoryPromotionQueries } from './promotions.in-memory-queries.ts';
import { InMemoryPromotionRepository } from './promotions.in-memory-repository.ts';
import { InMemoryProviderEvents } from './provider-events.in-memory.ts';
import { InMemoryPurchases } from './purchases.in-memory-queries.ts';
import { InMemoryRefundQueries } from './refunds.in-memory-queries.ts';
import { InMemoryReturnQueries, InMemoryReturnRepository } from './returns.in-memory-repository.ts';
import { InMemoryReviewQueries } from './reviews.in-memory-queries.ts';
import { InMemoryReviewRepository } from './reviews.in-memory-repository.ts';
import {
  InMemorySecondFactorReader,
  InMemorySecondFactorRepository,
} from './second-factors.in-memory-repository.ts';
import { InMemorySessionQueries } from './sessions.in-memory-queries.ts';
import { InMemorySessionRepository } from './sessions.in-memory-repository.ts';
import { InMemorySignInNotes } from './sign-in.in-memory-notes.ts';
import { InMemoryStockLedger } from './stock.in-memory-ledger.ts';
import { InMemoryStockQueries } from './stock.in-memory-queries.ts';
import { InMemoryStuckOperations } from './stuck-operations.in-memory-queries.ts';
import { InMemoryUserQueries } from './users.in-memory-queries.ts';
import { InMemoryUserReader, InMemoryUserRepository } from './users.in-memory-repository.ts';
import {
  InMemoryWebhookDeliveries,
  InMemoryWebhookDeliveryQueue,
} from './webhook-deliveries.in-memory.ts';
import {
  InMemoryWebhookEndpointQueries,
  InMemoryWebhookEndpointRepository,
} from './webhook-endpoints.in-memory-repository.ts';
import { InMemoryWishlistQueries } from './wishlists.in-memory-queries.ts';
import { InMemoryWishlistRepository } from './wishlists.in-memory-repository.ts';

/** A shop that lives in memory: every port a fake, all of them on one store. */
export function inMemoryShop(
  currency: string = 'USD',
  prices: StorePricing = NEW_STORE_PRICING,
): ShopPorts {
  const store = new InMemoryStore();
  const settings = { currency: currency as Currency, country: 'US' as Country };
  const clock = new MovingClock();
  const ids = new SequentialIds();
  const pricingWith = (promotions: PromotionsInForce) =>
    new PricingEngine(settings.currency, prices, promotions);
  const openOrdering = (transaction: InMemoryTransaction): OrderingTx => {
    const { memory, context } = transaction;
    const outbox = new InMemoryOutbox(transaction);
    return {
      carts: new InMemoryCartRepository(memory),
      customers: new InMemoryCustomers(memory),
      orders: new InMemoryOrderRepository(memory, outbox, context.actor),
      lookups: new InMemoryOrderLookups(memory, outbox),
      notes: new InMemoryOrderNotes(memory),
      offers: new InMemoryOffers(memory),
      pricing: pricingWith(new InMemoryPromotionsInForce(memory)),
      promotions: new CountedPromotionUses(new InMemoryPromotionUseLedger(memory)),
      stock: new InventoryStockReservations(new InMemoryStockLedger(memory, outbox, ids), context),
      payments: new RequestedPayments(
        new InMemoryPaymentRepository(memory, outbox),
        ids,
        PAYMENT_METHODS,
      ),
      payouts: new RequestedPayouts(new InMemoryPaymentRepository(memory, outbox), ids),
      returns: new InMemoryReturnRepository(memory, outbox),
      returnedStock: new InventoryReturnedStock(
        new InMemoryStockLedger(memory, outbox, ids),
        context,
      ),
    };
  };
  return {
    settings,
    clock,
    ids,
    identity: new InMemoryUnitOfWork(store, (transaction) => ({
      users: new InMemoryUserRepository(transaction.memory, new InMemoryOutbox(transaction)),
      sessions: new InMemorySessionRepository(transaction.memory, new InMemoryOutbox(transaction)),
      access: new InMemoryAccessRepository(transaction.memory),
      addressBooks: new InMemoryAddressBookRepository(transaction.memory),
      apiKeys: new InMemoryApiKeyRepository(transaction.memory, new InMemoryOutbox(transaction)),
      apiKeyQueries: new InMemoryApiKeyQueries(transaction.memory),
      personalData: new InMemoryPersonalData(transaction.memory),
      oneTimeTokens: new InMemoryOneTimeTokens(transaction.memory),
      mailRequests: new InMemoryMailRequests(new InMemoryOutbox(transaction)),
      secondFactors: new InMemorySecondFactorRepository(
        transaction.memory,
        new InMemoryOutbox(transaction),
      ),
      signInNotes: new InMemorySignInNotes(new InMemoryOutbox(transaction)),
    })),
    catalog: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory, context } = transaction;
      const outbox = new InMemoryOutbox(transaction);
      return {
        products: new InMemoryProductRepository(memory, outbox),
        categories: new InMemoryCategoryRepository(memory, outbox),
        stock: new InventoryStockOpening(
          new InMemoryStockLedger(memory, outbox, ids),
          new InMemoryListing(memory),
          context,
          clock,
        ),
        listing: new InMemoryListing(memory),
        uploads: new InMemoryMediaUploads(memory),
        reviews: new InMemoryReviewRepository(memory, outbox),
        purchases: new InMemoryPurchases(memory),
        wishlists: new InMemoryWishlistRepository(memory),
        productQueries: new InMemoryProductQueries(memory, settings),
        categoryQueries: new InMemoryCategoryQueries(memory),
        reviewQueries: new InMemoryReviewQueries(memory),
        wishlistQueries: new InMemoryWishlistQueries(memory, settings),
      };
    }),
    inventory: new InMemoryUnitOfWork(store, (transaction) => {
      const outbox = new InMemoryOutbox(transaction);
      return {
        ledger: new InMemoryStockLedger(transaction.memory, outbox, ids),
        locations: new InMemoryLocations(transaction.memory, outbox),
      };
    }),
    ordering: new InMemoryUnitOfWork(store, openOrdering),
    wishlistMoves: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory, context } = transaction;
      const tx = openOrdering(transaction);
      return {
        wishlists: new InMemoryWishlistRepository(memory),
        wishlistQueries: new InMemoryWishlistQueries(memory, settings),
        cart: new OrderingCartAdditions({ tx, context, settings, ids, clock }),
      };
    }),
    payments: new InMemoryUnitOfWork(store, (transaction) => ({
      payments: new InMemoryPaymentRepository(transaction.memory, new InMemoryOutbox(transaction)),
      events: new InMemoryProviderEvents(transaction.memory),
    })),
    paymentReader: new InMemoryPaymentReader(store),
    operationQueue: new InMemoryOperationQueue(store),
    stuckOperations: new InMemoryStuckOperations(store),
    providerEvents: new InMemoryProviderEvents(store),
    pricing: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory } = transaction;
      const outbox = new InMemoryOutbox(transaction);
      return {
        promotions: new InMemoryPromotionRepository(memory, outbox),
        coupons: new InMemoryCouponRepository(memory, outbox),
        uses: new InMemoryPromotionUseLedger(memory),
        couponQueries: new InMemoryCouponQueries(memory),
      };
    }),
    notifications: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory } = transaction;
      return {
        endpoints: new InMemoryWebhookEndpointRepository(memory, new InMemoryOutbox(transaction)),
        endpointQueries: new InMemoryWebhookEndpointQueries(memory),
        deliveries: new InMemoryWebhookDeliveries(memory),
      };
    }),
    webhookEndpointQueries: new InMemoryWebhookEndpointQueries(store),
    webhookDeliveryQueue: new InMemoryWebhookDeliveryQueue(store),
    webhookDeliveryQueries: new InMemoryWebhookDeliveryQueue(store),
    orderEventLog: new InMemoryOrderEventLog(store),
    outbox: new InMemoryOutboxDeliveries(store),
    auditQueries: new InMemoryAuditQueries(store),
    users: new InMemoryUserReader(store),
    userQueries: new InMemoryUserQueries(store),
    addressBooks: new InMemoryAddressBookReader(store),
    personalData: new InMemoryPersonalData(store),
    accessStandings: new InMemoryAccessStandings(store),
    apiKeyStandings: new InMemoryApiKeyStandings(store),
    apiKeyQueries: new InMemoryApiKeyQueries(store),
    secondFactors: new InMemorySecondFactorReader(store),
    sessionQueries: new InMemorySessionQueries(store),
    productQueries: new InMemoryProductQueries(store, settings),
    categoryQueries: new InMemoryCategoryQueries(store),
    reviewQueries: new InMemoryReviewQueries(store),
    wishlistQueries: new InMemoryWishlistQueries(store, settings),
    stockQueries: new InMemoryStockQueries(store),
    locations: new InMemoryLocations(store),
    carts: new InMemoryCartReader(store),
    leftCarts: new InMemoryLeftCarts(store),
    customers: new InMemoryCustomers(store),
    offers: new InMemoryOffers(store),
    cartPricing: pricingWith(new InMemoryPromotionsInForce(store)),
    orderQueries: new InMemoryOrderQueries(store),
    orderExport: new InMemoryOrderExport(new InMemoryOrderQueries(store)),
    refundQueries: new InMemoryRefundQueries(store),
    returnQueries: new InMemoryReturnQueries(store),
    orderRecords: new InMemoryOrderRecords(store),
    overdueOrders: new InMemoryOverdueOrders(store),
    promotionQueries: new InMemoryPromotionQueries(store),
    couponQueries: new InMemoryCouponQueries(store),
    promotionsInForce: new InMemoryPromotionsInForce(store),
    eventsOf: async (aggregateId) =>
      store.tables.events
        .filter((event) => event.aggregateId === aggregateId)
        .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion),
  };
}
