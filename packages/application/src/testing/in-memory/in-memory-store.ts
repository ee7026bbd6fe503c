import { ok, type Result } from 'neverthrow';

import type {
  Category,
  Product,
  Review,
  Variant,
  WishlistBook,
  WishlistItems,
} from '@kastoma/domain/catalog';
import type { DomainEvent, Instant, OrderId } from '@kastoma/domain/core';
import type {
  AddressBook,
  ApiKey,
  OneTimeToken,
  SecondFactor,
  Session,
  User,
} from '@kastoma/domain/identity';
import {
  DEFAULT_LOCATION_ID,
  Location,
  type Reservation,
  type Stock,
} from '@kastoma/domain/inventory';
import type { WebhookEndpoint } from '@kastoma/domain/notifications';
import type { Cart, Order, Return } from '@kastoma/domain/ordering';
import type { Payment } from '@kastoma/domain/payments';
import type { Coupon, Promotion } from '@kastoma/domain/pricing';

import type { MediaUpload } from '../../catalog/media-uploads.port.ts';
import type { AuditEntry } from '../../core/audit-entry.ts';
import type { DeliveryKey } from '../../core/delivery.ts';
import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { KeptAnswer } from '../../core/idempotency.ts';
import type { RecordedMovement } from '../../inventory/stock-ledger.port.ts';
import type {
  NewWebhookDelivery,
  WebhookDeliveryView,
} from '../../notifications/webhook-deliveries.port.ts';
import type { OrderHistoryEntry } from '../../ordering/order-history.ts';
import type { OrderNote } from '../../ordering/order-notes.port.ts';
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

/** A message for an endpoint, with who holds it. */
export type StoredWebhookDelivery = NewWebhookDelivery &
  WebhookDeliveryView & { readonly claimedUntil: Instant | null };

/** A token with when it was used. */
export type StoredOneTimeToken = OneTimeToken & { readonly usedAt: Instant | null };

/** An operation that a provider is to be asked for. */
export type QueuedOperation = {
  readonly attempts: number;
  readonly claimedUntil: Instant | null;
  /** Null where it is for a person. */
  readonly nextAttemptAt: Instant | null;
};

/** An answer that was kept under a key, and what is still to be done before it is final. */
export type StoredAnswer = {
  readonly fingerprint: string;
  readonly answer: KeptAnswer;
  readonly intent: string | null;
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
  /** By user. */
  readonly secondFactors: Map<string, SecondFactor>;
  readonly apiKeys: Map<string, ApiKey>;
  /** When each key was last used. */
  readonly apiKeyUses: Map<string, Instant>;
  /** By user and purpose. */
  readonly oneTimeTokens: Map<string, StoredOneTimeToken>;
  readonly categories: Map<string, Category>;
  /** The deleted ones, too. */
  readonly products: Map<string, Product>;
  /** What carts and orders may still hold, with the product's id. */
  readonly removedVariants: Map<string, { readonly productId: string; readonly variant: Variant }>;
  readonly mediaUploads: Map<string, MediaUpload>;
  /** By a slug that it had before, the product's id. */
  readonly productSlugs: Map<string, string>;
  readonly reviews: Map<string, Review>;
  /** By review and customer. */
  readonly reviewVotes: Map<string, { readonly reviewId: string; readonly customerId: string }>;
  /** By customer. */
  readonly wishlistBooks: Map<string, WishlistBook>;
  /** By wishlist. */
  readonly wishlistItems: Map<string, WishlistItems>;
  readonly locations: Map<string, Location>;
  /** By variant and location. */
  readonly stock: Map<string, Stock>;
  readonly movements: RecordedMovement[];
  /** By reference, variant and location. */
  readonly reservations: Map<string, Reservation>;
  readonly carts: Map<string, Cart>;
  readonly orders: Map<string, Order>;
  readonly orderHistory: OrderHistoryEntry[];
  readonly orderNotes: OrderNote[];
  readonly returns: Map<string, Return>;
  readonly payments: Map<string, Payment>;
  /** Open operations of payments, by id, as work to be done. */
  readonly queuedOperations: Map<string, QueuedOperation>;
  /** By provider and id. */
  readonly providerEvents: Map<string, Instant>;
  readonly promotions: Map<string, Promotion>;
  readonly coupons: Map<string, Coupon>;
  /** By order and promotion. */
  readonly redemptions: Map<string, Redemption>;
  /** The deleted ones, too. */
  readonly webhookEndpoints: Map<string, WebhookEndpoint>;
  /** By endpoint, since when nothing has come through. */
  readonly failingEndpoints: Map<string, Instant>;
  readonly webhookDeliveries: Map<string, StoredWebhookDelivery>;
  readonly events: RecordedEvent[];
  readonly outbox: Map<string, OutboxEntry>;
  /** By event and consumer. */
  readonly deliveries: Map<string, StoredDelivery>;
  readonly auditEntries: AuditEntry[];
  readonly keptAnswers: Map<string, StoredAnswer>;
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
    secondFactors: new Map(),
    apiKeys: new Map(),
    apiKeyUses: new Map(),
    oneTimeTokens: new Map(),
    categories: new Map(),
    products: new Map(),
    removedVariants: new Map(),
    mediaUploads: new Map(),
    productSlugs: new Map(),
    reviews: new Map(),
    reviewVotes: new Map(),
    wishlistBooks: new Map(),
    wishlistItems: new Map(),
    locations: new Map([[DEFAULT_LOCATION_ID, mainLocation()]]),
    stock: new Map(),
    movements: [],
    reservations: new Map(),
    carts: new Map(),
    orders: new Map(),
    orderHistory: [],
    orderNotes: [],
    returns: new Map(),
    payments: new Map(),
    queuedOperations: new Map(),
    providerEvents: new Map(),
    promotions: new Map(),
    coupons: new Map(),
    redemptions: new Map(),
    webhookEndpoints: new Map(),
    failingEndpoints: new Map(),
    webhookDeliveries: new Map(),
    events: [],
    outbox: new Map(),
    deliveries: new Map(),
    auditEntries: [],
    keptAnswers: new Map(),
    orderNumbers: { last: 0n },
    eventIds: new SequentialIds(SERIES_OF_EVENTS),
  };
}

function mainLocation(): Location {
  return Location.restore({
    id: DEFAULT_LOCATION_ID,
    code: 'MAIN',
    name: 'Main location',
    isDefault: true,
    createdAt: 0 as Instant,
  });
}

function copyOf(tables: Tables): Tables {
  return {
    users: new Map(tables.users),
    addressBooks: new Map(tables.addressBooks),
    sessions: new Map(tables.sessions),
    secondFactors: new Map(tables.secondFactors),
    apiKeys: new Map(tables.apiKeys),
    apiKeyUses: new Map(tables.apiKeyUses),
    oneTimeTokens: new Map(tables.oneTimeTokens),
    categories: new Map(tables.categories),
    products: new Map(tables.products),
    removedVariants: new Map(tables.removedVariants),
    mediaUploads: new Map(tables.mediaUploads),
    productSlugs: new Map(tables.productSlugs),
    reviews: new Map(tables.reviews),
    reviewVotes: new Map(tables.reviewVotes),
    wishlistBooks: new Map(tables.wishlistBooks),
    wishlistItems: new Map(tables.wishlistItems),
    locations: new Map(tables.locations),
    stock: new Map(tables.stock),
    movements: [...tables.movements],
    reservations: new Map(tables.reservations),
    carts: new Map(tables.carts),
    orders: new Map(tables.orders),
    orderHistory: [...tables.orderHistory],
    orderNotes: [...tables.orderNotes],
    returns: new Map(tables.returns),
    payments: new Map(tables.payments),
    queuedOperations: new Map(tables.queuedOperations),
    providerEvents: new Map(tables.providerEvents),
    promotions: new Map(tables.promotions),
    coupons: new Map(tables.coupons),
    redemptions: new Map(tables.redemptions),
    webhookEndpoints: new Map(tables.webhookEndpoints),
    failingEndpoints: new Map(tables.failingEndpoints),
    webhookDeliveries: new Map(tables.webhookDeliveries),
    events: [...tables.events],
    outbox: new Map(tables.outbox),
    deliveries: new Map(tables.deliveries),
    auditEntries: [...tables.auditEntries],
    keptAnswers: new Map(tables.keptAnswers),
    orderNumbers: tables.orderNumbers,
    eventIds: tables.eventIds,
  };
}
