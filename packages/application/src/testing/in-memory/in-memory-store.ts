import { ok, type Result } from 'neverthrow';

import type { Category, Product } from '@kastoma/domain/catalog';
import type { DomainEvent, Instant, OrderId } from '@kastoma/domain/core';
import type { AddressBook, OneTimeToken, Session, User } from '@kastoma/domain/identity';
import type { Stock, StockMovement } from '@kastoma/domain/inventory';
import type { Cart, Order } from '@kastoma/domain/ordering';
import type { Payment } from '@kastoma/domain/payments';
import type { Coupon, Promotion } from '@kastoma/domain/pricing';

import type { DeliveryKey } from '../../core/delivery.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { KeptAnswer } from '../../core/idempotency.ts';
import type { PromotionUse, Redeemer } from '../../pricing/promotion-uses.port.ts';
import { SequentialIds } from '../ports/sequential-ids.ts';

const SERIES_OF_EVENTS = 0xe7e;

/** An event with what the call says of it. */
export type RecordedEvent = DomainEvent & {
  readonly correlationId: string;
  readonly actor: string;
};

/** An event that waits for its readers, or has had them. */
export type OutboxEntry = {
  readonly id: string;
  readonly event: RecordedEvent;
  readonly sharedOutAt: Instant | null;
};

/** One event for one consumer. */
export type StoredDelivery = DeliveryKey & {
  readonly event: RecordedEvent;
  readonly attempts: number;
  readonly dueAt: Instant;
  readonly handledAt: Instant | null;
  readonly quarantinedAt: Instant | null;
  readonly lastError: string | null;
};

/** A use of a promotion by an order. */
export type Redemption = PromotionUse & {
  readonly orderId: OrderId;
  readonly customer: Redeemer;
  readonly redeemedAt: Instant;
  readonly givenBackAt: Instant | null;
};

/** What is stored, by id; the values are immutable, so a copy of the maps is a copy of everything. */
export type Tables = {
  readonly users: Map<string, User>;
  readonly addressBooks: Map<string, AddressBook>;
  readonly sessions: Map<string, Session>;
  /** By user and purpose. */
  readonly oneTimeTokens: Map<string, OneTimeToken>;
  readonly categories: Map<string, Category>;
  readonly products: Map<string, Product>;
  readonly stock: Map<string, { readonly stock: Stock; readonly version: number }>;
  readonly movements: (StockMovement & { readonly id: string })[];
  readonly carts: Map<string, Cart>;
  readonly orders: Map<string, Order>;
  readonly payments: Map<string, Payment>;
  readonly promotions: Map<string, Promotion>;
  readonly coupons: Map<string, Coupon>;
  /** By order and promotion. */
  readonly redemptions: Map<string, Redemption>;
  readonly events: RecordedEvent[];
  readonly outbox: Map<string, OutboxEntry>;
  /** By event and consumer. */
  readonly deliveries: Map<string, StoredDelivery>;
  readonly keptAnswers: Map<string, { readonly fingerprint: string; readonly answer: KeptAnswer }>;
  /** Like a sequence of a database: what was drawn is not put back. */
  readonly orderNumbers: { last: bigint };
  readonly eventIds: IdGenerator;
};

/** Where a repository finds the tables: the store shows the committed ones, a transaction its own. */
export type Memory = { readonly tables: Tables };

/** One shop's data; one transaction at a time, on a copy that replaces the original when it succeeds. */
export class InMemoryStore implements Memory {
  readonly keysInFlight = new Set<string>();
  #tables: Tables = emptyTables();
  #lastTurn: Promise<unknown> = Promise.resolve();

  get tables(): Tables {
    return this.#tables;
  }

  async transact<T, E>(work: (memory: Memory) => PromiseLike<Result<T, E>>): Promise<Result<T, E>> {
    const turn = this.#lastTurn.then(() => this.#commitOrForget(work));
    this.#lastTurn = turn.then(nothing, nothing);
    return turn;
  }

  async #commitOrForget<T, E>(
    work: (memory: Memory) => PromiseLike<Result<T, E>>,
  ): Promise<Result<T, E>> {
    const tables = copyOf(this.#tables);
    const outcome = await work({ tables });
    return outcome.andThen((value) => {
      this.#tables = tables;
      return ok<T, E>(value);
    });
  }
}

function nothing(): void {
  // Whoever is next does not care how the last one ended.
}

function emptyTables(): Tables {
  return {
    users: new Map(),
    addressBooks: new Map(),
    sessions: new Map(),
    oneTimeTokens: new Map(),
    categories: new Map(),
    products: new Map(),
    stock: new Map(),
    movements: [],
    carts: new Map(),
    orders: new Map(),
    payments: new Map(),
    promotions: new Map(),
    coupons: new Map(),
    redemptions: new Map(),
    events: [],
    outbox: new Map(),
    deliveries: new Map(),
    keptAnswers: new Map(),
    orderNumbers: { last: 0n },
    eventIds: new SequentialIds(SERIES_OF_EVENTS),
  };
}

function copyOf(tables: Tables): Tables {
  return {
    users: new Map(tables.users),
    addressBooks: new Map(tables.addressBooks),
    sessions: new Map(tables.sessions),
    oneTimeTokens: new Map(tables.oneTimeTokens),
    categories: new Map(tables.categories),
    products: new Map(tables.products),
    stock: new Map(tables.stock),
    movements: [...tables.movements],
    carts: new Map(tables.carts),
    orders: new Map(tables.orders),
    payments: new Map(tables.payments),
    promotions: new Map(tables.promotions),
    coupons: new Map(tables.coupons),
    redemptions: new Map(tables.redemptions),
    events: [...tables.events],
    outbox: new Map(tables.outbox),
    deliveries: new Map(tables.deliveries),
    keptAnswers: new Map(tables.keptAnswers),
    orderNumbers: tables.orderNumbers,
    eventIds: tables.eventIds,
  };
}
