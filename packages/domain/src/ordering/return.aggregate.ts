import { err, ok, type Result } from 'neverthrow';

import type { OrderId, OrderItemId, RefundId, ReturnId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type { OrderStatusName } from './order-status.value.ts';
import type { AlreadyExchanged, ReturnIsOver, ReturnOfNothing } from './return.errors.ts';
import type { ReturnEvent } from './return.events.ts';
import type { ReturnState } from './return.state.ts';
import { selectUnits, type InvalidSelection, type SelectedUnits } from './selected-units.value.ts';

const LONGEST_REASON = 500;

/** So many units of an item that came back, and whether they are sold again. */
export type ReceivedUnits = SelectedUnits & { readonly restock: boolean };

type Happening<Event extends ReturnEvent = ReturnEvent> = Event extends ReturnEvent
  ? {
      readonly type: Event['type'];
      readonly payload: Omit<Event['payload'], 'returnId' | 'orderId'>;
    }
  : never;

/** Units of an order on their way back: announced, and then received, or not. */
export class Return {
  readonly state: ReturnState;
  /** After the last change; each change is one version and one event. */
  readonly version: number;
  /** Not saved yet: what is stored has the version less the number of these. */
  readonly pending: readonly ReturnEvent[];

  private constructor(state: ReturnState, version: number, pending: readonly ReturnEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  /** Announces units that have left and were not announced yet: `returnable` says how many of each item these are. */
  static request(
    input: {
      readonly id: ReturnId;
      readonly orderId: OrderId;
      readonly lines: readonly SelectedUnits[];
      readonly reason: string;
      readonly at: Instant;
    },
    returnable: ReadonlyMap<OrderItemId, number>,
  ): Result<Return, ReturnOfNothing | InvalidSelection | InvalidText> {
    const { id, orderId, at } = input;
    if (input.lines.length === 0) return err({ code: 'ordering.return_of_nothing' });
    return selectUnits(input.lines, returnable).andThen((selected) =>
      parseReason(input.reason).map((reason) => {
        const units = [...selected].map(([itemId, quantity]) => ({ itemId, quantity }));
        const state: ReturnState = {
          id,
          orderId,
          lines: units.map((line) => ({ ...line, received: 0, restock: false })),
          reason,
          status: { name: 'requested' },
          refundId: null,
          exchangeOrderId: null,
          requestedAt: at,
        };
        const requested = {
          type: 'ordering.return_requested' as const,
          payload: { lines: units },
        };
        return new Return(state, 0, []).#next(state, requested, at);
      }),
    );
  }

  /** For persistence only. */
  static restore(state: ReturnState, version: number): Return {
    return new Return(state, version, []);
  }

  /** Writes down what came, once: what was announced and is left out did not come. */
  receive(
    lines: readonly ReceivedUnits[],
    refundId: RefundId | null,
    at: Instant,
  ): Result<Return, ReturnIsOver | ReturnOfNothing | InvalidSelection> {
    const { status, lines: announced } = this.state;
    if (status.name !== 'requested') return err(this.#over());
    if (lines.length === 0) return err({ code: 'ordering.return_of_nothing' });
    const expected = new Map(announced.map(({ itemId, quantity }) => [itemId, quantity]));
    return selectUnits(lines, expected).map((came) => {
      const restocked = new Set(
        lines.filter(({ restock }) => restock).map(({ itemId }) => itemId as OrderItemId),
      );
      const received = announced.map((line) => ({
        ...line,
        received: came.get(line.itemId) ?? 0,
        restock: restocked.has(line.itemId),
      }));
      const units = received
        .filter((line) => line.received > 0)
        .map(({ itemId, received: quantity, restock }) => ({ itemId, quantity, restock }));
      return this.#next(
        { ...this.state, lines: received, status: { name: 'received', at }, refundId },
        { type: 'ordering.return_received', payload: { lines: units, refundId } },
        at,
      );
    });
  }

  /** The units do not come after all, and may be announced again; not while an order goes out for them. */
  cancel(
    at: Instant,
    exchangeStatus: OrderStatusName | null = null,
  ): Result<Return, ReturnIsOver | AlreadyExchanged> {
    if (this.state.status.name !== 'requested') return err(this.#over());
    return this.#requireNoExchange(exchangeStatus).map(() =>
      this.#next(
        { ...this.state, status: { name: 'cancelled', at } },
        { type: 'ordering.return_cancelled', payload: {} },
        at,
      ),
    );
  }

  /**
   * Names the order that goes out for it: none for what does not come back, and another only when the one before,
   * which stands as `exchangeStatus` says, came to nothing.
   */
  exchange(
    orderId: OrderId,
    at: Instant,
    exchangeStatus: OrderStatusName | null = null,
  ): Result<Return, ReturnIsOver | AlreadyExchanged> {
    if (this.state.status.name === 'cancelled') return err(this.#over());
    return this.#requireNoExchange(exchangeStatus).map(() =>
      this.#next(
        { ...this.state, exchangeOrderId: orderId },
        { type: 'ordering.return_exchanged', payload: { exchangeOrderId: orderId } },
        at,
      ),
    );
  }

  #requireNoExchange(exchangeStatus: OrderStatusName | null): Result<void, AlreadyExchanged> {
    const { exchangeOrderId } = this.state;
    return exchangeOrderId === null || exchangeStatus === 'cancelled'
      ? ok()
      : err({ code: 'ordering.already_exchanged', exchangeOrderId });
  }

  #over(): ReturnIsOver {
    return { code: 'ordering.return_is_over', status: this.state.status.name };
  }

  #next(state: ReturnState, happening: Happening, at: Instant): Return {
    const version = this.version + 1;
    const { id: returnId, orderId } = state;
    const event = {
      type: happening.type,
      schemaVersion: 1,
      aggregateId: returnId,
      aggregateVersion: version,
      occurredAt: at,
      payload: { returnId, orderId, ...happening.payload },
    } as ReturnEvent;
    return new Return(state, version, [...this.pending, event]);
  }
}

function parseReason(text: string): Result<string, InvalidText> {
  return parseText(text, {
    path: ['reason'],
    maximumLength: LONGEST_REASON,
    mayBeEmpty: true,
    multiline: true,
  });
}
