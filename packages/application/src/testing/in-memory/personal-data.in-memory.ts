import { Review } from '@kastoma/domain/catalog';
import { Address, type Instant, type UserId } from '@kastoma/domain/core';
import { AddressBook } from '@kastoma/domain/identity';
import { Order, Return } from '@kastoma/domain/ordering';

import type {
  ErasureRules,
  PersonalData,
  PersonalRecords,
} from '../../identity/personal-data.port.ts';
import type { Memory, Tables } from './in-memory-store.ts';
import { returnsOf } from './returns.in-memory-repository.ts';
import { forgetReview } from './reviews.in-memory-repository.ts';
import { itemsOfWishlist, wishlistsOf } from './wishlists.in-memory-repository.ts';

export class InMemoryPersonalData implements PersonalData {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async collect(userId: UserId): Promise<PersonalRecords> {
    const { tables } = this.#memory;
    const orders = ordersOf(tables, userId);
    const orderIds = new Set<string>(orders.map(({ state }) => state.id));
    const isTold = ({ aggregateId, actor }: Tables['events'][number]) =>
      aggregateId === userId || orderIds.has(aggregateId) || actor === `user:${userId}`;
    return toJson({
      account: [tables.users.get(userId)],
      addresses: tables.addressBooks.get(userId)?.addresses ?? [],
      sessions: [...tables.sessions.values()]
        .filter(({ state }) => state.userId === userId)
        .map(({ state: { family: _, good: __, lastSpent: ___, ...shown } }) => shown),
      second_factors: [...tables.secondFactors.values()]
        .filter(({ state }) => state.userId === userId)
        .map(({ state: { enrolledAt, confirmedAt } }) => ({ enrolledAt, confirmedAt })),
      one_time_tokens: [...tables.oneTimeTokens.values()]
        .filter((token) => token.userId === userId)
        .map(({ hash: _, ...shown }) => shown),
      api_keys: [...tables.apiKeys.values()]
        .filter(({ state }) => state.createdBy === userId)
        .map(({ state: { hash: _, ...shown } }) => shown),
      reviews: reviewsOf(tables, userId).map(({ state }) => state),
      review_votes: [...tables.reviewVotes.values()].filter(
        ({ customerId }) => customerId === userId,
      ),
      wishlists: wishlistsOf(this.#memory, userId).lists,
      wishlist_items: wishlistsOf(this.#memory, userId).lists.flatMap(
        ({ id }) => itemsOfWishlist(this.#memory, id).items,
      ),
      carts: [...tables.carts.values()]
        .filter(({ state }) => state.customerId === userId)
        .map(({ state }) => state),
      orders,
      order_changes: tables.orderHistory
        .filter(({ orderId }) => orderIds.has(orderId))
        .map(({ actor: _, ...shown }) => shown),
      order_notes: tables.orderNotes
        .filter(({ orderId, internal }) => orderIds.has(orderId) && !internal)
        .map(({ author: _, ...shown }) => shown),
      refunds: orders.flatMap(({ state }) => state.refunds),
      returns: [...tables.returns.values()]
        .filter(({ state }) => orderIds.has(state.orderId))
        .map(({ state }) => state),
      payments: [...tables.payments.values()]
        .filter(({ state }) => orderIds.has(state.orderId))
        .map(({ state }) => state),
      coupon_uses: [...tables.redemptions.values()].filter(
        ({ customer }) => customer.id === userId,
      ),
      events: tables.events.filter(isTold),
      audit_entries: tables.auditEntries.filter(
        ({ actor, subject }) => actor === `user:${userId}` || subject?.id === userId,
      ),
      kept_answers: [...tables.keptAnswers]
        .filter(([name]) => isScopeOf(name, userId))
        .map(([, { answer }]) => answer),
    });
  }

  async forget(userId: UserId, rules: ErasureRules): Promise<void> {
    const { tables } = this.#memory;
    tables.addressBooks.set(userId, AddressBook.restore(userId, []));
    removeWhere(tables.sessions, ({ state }) => state.userId === userId);
    tables.secondFactors.delete(userId);
    removeWhere(tables.oneTimeTokens, (token) => token.userId === userId);
    this.#forgetInCatalog(userId);
    removeWhere(tables.keptAnswers, (_, name) => isScopeOf(name, userId));
    removeWhere(
      tables.carts,
      ({ state }) => state.customerId === userId && state.status.name === 'active',
    );
    const over = overOrdersOf(tables, userId);
    const notes = tables.orderNotes.filter(({ orderId }) => !over.has(orderId));
    tables.orderNotes.splice(0, Infinity, ...notes);
    for (const [index, event] of tables.events.entries())
      if (event.type === 'ordering.order_cancelled' && over.has(event.aggregateId))
        tables.events[index] = { ...event, payload: { ...event.payload, reason: '' } };
    for (const order of ordersOf(tables, userId)) {
      tables.orders.set(order.state.id, withoutPerson(order, rules));
      for (const { state, version } of returnsOf(this.#memory, order.state.id))
        tables.returns.set(state.id, Return.restore({ ...state, reason: '' }, version + 1));
    }
    for (const [key, use] of tables.redemptions)
      if (use.customer.id === userId)
        tables.redemptions.set(key, { ...use, customer: { id: userId, email: null } });
  }

  #forgetInCatalog(userId: UserId): void {
    const { tables } = this.#memory;
    removeWhere(tables.reviewVotes, ({ customerId }) => customerId === userId);
    for (const { state, version } of reviewsOf(tables, userId))
      if (state.status === 'approved') {
        const nobodys = { ...state, authorId: null, title: null, comment: null };
        tables.reviews.set(state.id, Review.restore(nobodys, version + 1));
      } else forgetReview(this.#memory, state.id);
    for (const { id } of wishlistsOf(this.#memory, userId).lists) tables.wishlistItems.delete(id);
    tables.wishlistBooks.delete(userId);
  }

  async claimGuestOrders(userId: UserId, email: string): Promise<void> {
    const { orders, redemptions } = this.#memory.tables;
    for (const { state, version } of orders.values())
      if (state.customerId === null && state.email === email)
        orders.set(state.id, Order.restore({ ...state, customerId: userId }, version));
    for (const [key, use] of redemptions)
      if (use.customer.id === null && use.customer.email === email)
        redemptions.set(key, { ...use, customer: { id: userId, email } });
  }

  async forgetGuests(placedBefore: Instant): Promise<number> {
    const { orders, orderNotes, redemptions, returns } = this.#memory.tables;
    const over = [...orders.values()].filter(
      ({ state }) =>
        state.customerId === null &&
        state.email !== null &&
        isOver(state) &&
        state.placedAt < placedBefore,
    );
    for (const order of over) {
      const { id } = order.state;
      const rules = { ordersPlacedBefore: placedBefore };
      orders.set(id, withoutPerson(order, rules));
      for (const { state, version } of returnsOf(this.#memory, id))
        returns.set(state.id, Return.restore({ ...state, reason: '' }, version + 1));
      for (const note of orderNotes.filter(({ orderId }) => orderId === id))
        orderNotes.splice(orderNotes.indexOf(note), 1);
      for (const [key, use] of redemptions)
        if (use.orderId === id && use.customer.id === null)
          redemptions.set(key, { ...use, customer: { id: null, email: `order:${id}` } });
    }
    return over.length;
  }

  async overdue(rules: ErasureRules): Promise<readonly UserId[]> {
    const { users } = this.#memory.tables;
    return [...users.values()]
      .filter(({ state }) => state.erasedAt !== null)
      .filter(({ state }) => this.#hasLeftovers(state.id, rules))
      .map(({ state }) => state.id);
  }

  #hasLeftovers(userId: UserId, rules: ErasureRules): boolean {
    const { tables } = this.#memory;
    const hasCart = [...tables.carts.values()].some(
      ({ state }) => state.customerId === userId && state.status.name === 'active',
    );
    return (
      hasCart ||
      reviewsOf(tables, userId).length > 0 ||
      [...tables.reviewVotes.values()].some(({ customerId }) => customerId === userId) ||
      wishlistsOf(this.#memory, userId).lists.length > 0 ||
      tables.orderNotes.some(({ orderId }) => overOrdersOf(tables, userId).has(orderId)) ||
      ordersOf(tables, userId).some((order) => withoutPerson(order, rules) !== order)
    );
  }
}

function reviewsOf({ reviews }: Tables, userId: UserId): readonly Review[] {
  return [...reviews.values()].filter(({ state }) => state.authorId === userId);
}

/** Of the account, and those that were placed as a guest with its address, where that is proved. */
function ordersOf({ orders, users }: Tables, userId: UserId): readonly Order[] {
  const owner = users.get(userId)?.state;
  const proved = owner?.emailVerified === true ? owner.email : null;
  return [...orders.values()].filter(({ state }) =>
    state.customerId === null
      ? proved !== null && state.email === proved
      : state.customerId === userId,
  );
}

function overOrdersOf(tables: Tables, userId: UserId): ReadonlySet<string> {
  return new Set(
    ordersOf(tables, userId).flatMap(({ state }) => (isOver(state) ? [state.id] : [])),
  );
}

function isOver({ status }: Order['state']): boolean {
  return status.name === 'delivered' || status.name === 'cancelled';
}

/** The order itself where nothing is to be taken out of it. */
function withoutPerson(order: Order, { ordersPlacedBefore }: ErasureRules): Order {
  const { state } = order;
  if (!isOver(state)) return order;
  const keepsAddresses = state.placedAt > ordersPlacedBefore;
  const forgotten = {
    ...state,
    email: null,
    notes: '',
    status: withoutWords(state.status),
    shippingAddress: keepsAddresses ? state.shippingAddress : placeOnly(state.shippingAddress),
    billingAddress: keepsAddresses ? state.billingAddress : placeOnly(state.billingAddress),
  };
  const isSame = JSON.stringify(toJson(forgotten)) === JSON.stringify(toJson(state));
  return isSame ? order : Order.restore(forgotten, order.version + 1);
}

function withoutWords(status: Order['state']['status']): Order['state']['status'] {
  const isSaid = status.name === 'cancelled' && status.reason !== 'expired';
  return isSaid ? { ...status, reason: '' } : status;
}

/** Country and region stay: the tax was theirs. */
function placeOnly({ country, region }: Address): Address {
  const gone = { line1: '-', line2: null, city: '-', postal_code: '-', phone: null };
  return Address.restore({ name: 'Erased', ...gone, country, region });
}

function isScopeOf(name: string, userId: UserId): boolean {
  const [scope] = JSON.parse(name) as [string];
  return scope.startsWith(`user:${userId} `);
}

function removeWhere<Row>(
  rows: Map<string, Row>,
  isMeant: (row: Row, key: string) => boolean,
): void {
  for (const [key, row] of rows) if (isMeant(row, key)) rows.delete(key);
}

function toJson(value: unknown): PersonalRecords {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)),
  ) as PersonalRecords;
}
