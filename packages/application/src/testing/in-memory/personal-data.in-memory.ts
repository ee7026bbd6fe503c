import { Address, type UserId } from '@kastoma/domain/core';
import { AddressBook } from '@kastoma/domain/identity';
import { Order } from '@kastoma/domain/ordering';

import type {
  ErasureRules,
  PersonalData,
  PersonalRecords,
} from '../../identity/personal-data.port.ts';
import type { Memory, Tables } from './in-memory-store.ts';

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
      one_time_tokens: [...tables.oneTimeTokens.values()]
        .filter((token) => token.userId === userId)
        .map(({ hash: _, ...shown }) => shown),
      carts: [...tables.carts.values()]
        .filter(({ state }) => state.customerId === userId)
        .map(({ state }) => state),
      orders,
      payments: [...tables.payments.values()]
        .filter(({ state }) => orderIds.has(state.orderId))
        .map(({ state }) => state),
      coupon_uses: [...tables.redemptions.values()].filter(
        ({ customer }) => customer.id === userId,
      ),
      events: tables.events.filter(isTold),
      kept_answers: [...tables.keptAnswers]
        .filter(([name]) => isScopeOf(name, userId))
        .map(([, { answer }]) => answer),
    });
  }

  async forget(userId: UserId, rules: ErasureRules): Promise<void> {
    const { tables } = this.#memory;
    tables.addressBooks.set(userId, AddressBook.restore(userId, []));
    removeWhere(tables.sessions, ({ state }) => state.userId === userId);
    removeWhere(tables.oneTimeTokens, (token) => token.userId === userId);
    removeWhere(tables.keptAnswers, (_, name) => isScopeOf(name, userId));
    removeWhere(
      tables.carts,
      ({ state }) => state.customerId === userId && state.status.name === 'active',
    );
    for (const order of ordersOf(tables, userId))
      tables.orders.set(order.state.id, withoutPerson(order, rules));
    for (const [key, use] of tables.redemptions)
      if (use.customer.id === userId)
        tables.redemptions.set(key, { ...use, customer: { id: userId, email: null } });
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
      hasCart || ordersOf(tables, userId).some((order) => withoutPerson(order, rules) !== order)
    );
  }
}

function ordersOf({ orders }: Tables, userId: UserId): readonly Order[] {
  return [...orders.values()].filter(({ state }) => state.customerId === userId);
}

/** The order itself where nothing is to be taken out of it. */
function withoutPerson(order: Order, { ordersPlacedBefore }: ErasureRules): Order {
  const { state } = order;
  const isOver = state.status.name === 'delivered' || state.status.name === 'cancelled';
  if (!isOver) return order;
  const keepsAddresses = state.placedAt > ordersPlacedBefore;
  const forgotten = {
    ...state,
    email: null,
    notes: '',
    shippingAddress: keepsAddresses ? state.shippingAddress : placeOnly(state.shippingAddress),
    billingAddress: keepsAddresses ? state.billingAddress : placeOnly(state.billingAddress),
  };
  const isSame = JSON.stringify(toJson(forgotten)) === JSON.stringify(toJson(state));
  return isSame ? order : Order.restore(forgotten, order.version + 1);
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
