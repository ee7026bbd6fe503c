import type { Country, Currency } from '@kastoma/domain/core';

import { InventoryStockOpening } from '../../catalog/acl/inventory-stock-opening.ts';
import { CountedPromotionUses } from '../../ordering/acl/counted-promotion-uses.ts';
import { InventoryStockReservations } from '../../ordering/acl/inventory-stock-reservations.ts';
import { PricingEngine } from '../../ordering/acl/pricing-engine.ts';
import { RequestedPayments } from '../../ordering/acl/requested-payments.ts';
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
import { InMemoryCartReader, InMemoryCartRepository } from './carts.in-memory-repository.ts';
import { InMemoryCategoryQueries } from './categories.in-memory-queries.ts';
import { InMemoryCategoryRepository } from './categories.in-memory-repository.ts';
import { InMemoryCouponQueries } from './coupons.in-memory-queries.ts';
import { InMemoryCouponRepository } from './coupons.in-memory-repository.ts';
import { InMemoryCustomers } from './customers.in-memory-queries.ts';
import { InMemoryOutbox } from './in-memory-outbox.ts';
import { InMemoryStore } from './in-memory-store.ts';
import { InMemoryUnitOfWork } from './in-memory-unit-of-work.ts';
import { InMemoryMailRequests } from './mail-requests.in-memory-notes.ts';
import { InMemoryOffers } from './offers.in-memory-queries.ts';
import { InMemoryOneTimeTokens } from './one-time-tokens.in-memory-repository.ts';
import { InMemoryOrderQueries } from './orders.in-memory-queries.ts';
import { InMemoryOrderRepository } from './orders.in-memory-repository.ts';
import { InMemoryOutboxDeliveries } from './outbox.in-memory-deliveries.ts';
import { InMemoryPaymentRepository } from './payments.in-memory-repository.ts';
import { InMemoryPersonalData } from './personal-data.in-memory.ts';
import { InMemoryProductQueries } from './products.in-memory-queries.ts';
import { InMemoryProductRepository } from './products.in-memory-repository.ts';
import { InMemoryPromotionUseLedger } from './promotion-uses.in-memory-ledger.ts';
import { InMemoryPromotionsInForce } from './promotions-in-force.in-memory-queries.ts';
import { InMemoryPromotionQueries } from './promotions.in-memory-queries.ts';
import { InMemoryPromotionRepository } from './promotions.in-memory-repository.ts';
import { InMemorySessionQueries } from './sessions.in-memory-queries.ts';
import { InMemorySessionRepository } from './sessions.in-memory-repository.ts';
import { InMemoryStockLedger } from './stock.in-memory-ledger.ts';
import { InMemoryStockQueries } from './stock.in-memory-queries.ts';
import { InMemoryUserQueries } from './users.in-memory-queries.ts';
import { InMemoryUserReader, InMemoryUserRepository } from './users.in-memory-repository.ts';

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
  return {
    settings,
    clock,
    ids,
    identity: new InMemoryUnitOfWork(store, (transaction) => ({
      users: new InMemoryUserRepository(transaction.memory, new InMemoryOutbox(transaction)),
      sessions: new InMemorySessionRepository(transaction.memory, new InMemoryOutbox(transaction)),
      access: new InMemoryAccessRepository(transaction.memory),
      addressBooks: new InMemoryAddressBookRepository(transaction.memory),
      personalData: new InMemoryPersonalData(transaction.memory),
      oneTimeTokens: new InMemoryOneTimeTokens(transaction.memory),
      mailRequests: new InMemoryMailRequests(new InMemoryOutbox(transaction)),
    })),
    catalog: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory, context } = transaction;
      const outbox = new InMemoryOutbox(transaction);
      return {
        products: new InMemoryProductRepository(memory, outbox),
        categories: new InMemoryCategoryRepository(memory, outbox),
        stock: new InventoryStockOpening(new InMemoryStockLedger(memory, ids), context, clock),
        productQueries: new InMemoryProductQueries(memory, settings),
        categoryQueries: new InMemoryCategoryQueries(memory),
      };
    }),
    inventory: new InMemoryUnitOfWork(store, ({ memory }) => ({
      ledger: new InMemoryStockLedger(memory, ids),
    })),
    ordering: new InMemoryUnitOfWork(store, (transaction) => {
      const { memory, context } = transaction;
      const outbox = new InMemoryOutbox(transaction);
      return {
        carts: new InMemoryCartRepository(memory),
        customers: new InMemoryCustomers(memory),
        orders: new InMemoryOrderRepository(memory, outbox),
        offers: new InMemoryOffers(memory),
        pricing: pricingWith(new InMemoryPromotionsInForce(memory)),
        promotions: new CountedPromotionUses(new InMemoryPromotionUseLedger(memory)),
        stock: new InventoryStockReservations(new InMemoryStockLedger(memory, ids), context),
        payments: new RequestedPayments(new InMemoryPaymentRepository(memory, outbox), ids),
      };
    }),
    payments: new InMemoryUnitOfWork(store, (transaction) => ({
      payments: new InMemoryPaymentRepository(transaction.memory, new InMemoryOutbox(transaction)),
    })),
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
    outbox: new InMemoryOutboxDeliveries(store),
    users: new InMemoryUserReader(store),
    userQueries: new InMemoryUserQueries(store),
    addressBooks: new InMemoryAddressBookReader(store),
    personalData: new InMemoryPersonalData(store),
    accessStandings: new InMemoryAccessStandings(store),
    sessionQueries: new InMemorySessionQueries(store),
    productQueries: new InMemoryProductQueries(store, settings),
    categoryQueries: new InMemoryCategoryQueries(store),
    stockQueries: new InMemoryStockQueries(store),
    carts: new InMemoryCartReader(store),
    customers: new InMemoryCustomers(store),
    offers: new InMemoryOffers(store),
    cartPricing: pricingWith(new InMemoryPromotionsInForce(store)),
    orderQueries: new InMemoryOrderQueries(store),
    promotionQueries: new InMemoryPromotionQueries(store),
    couponQueries: new InMemoryCouponQueries(store),
    promotionsInForce: new InMemoryPromotionsInForce(store),
    eventsOf: async (aggregateId) =>
      store.tables.events
        .filter((event) => event.aggregateId === aggregateId)
        .toSorted((a, b) => a.aggregateVersion - b.aggregateVersion),
  };
}
