import { err, ok, Result } from 'neverthrow';

import { defect } from '../core/defect.ts';
import type { FulfilmentId, OrderItemId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import { addsUp, copyOf, type TotalsDoNotAddUp } from './frozen-price.value.ts';
import type { Fulfilment } from './fulfilment.value.ts';
import {
  cancelled,
  confirmed,
  delivered,
  fulfilled,
  placed,
  processingStarted,
  refunded,
  type OrderHappening,
} from './order-happenings.ts';
import { legalNextOf, type OrderStatus, type OrderStatusName } from './order-status.value.ts';
import type { OrderingEvent } from './order.events.ts';
import type { OrderState } from './order.state.ts';
import type { CartEmpty, EmailRequired } from './ordering.errors.ts';
import type { OrderRefund } from './refund.value.ts';
import { Refundable, type RefundError, type RefundRequest } from './refundable.value.ts';
import { selectUnits, type InvalidSelection, type SelectedUnits } from './selected-units.value.ts';
import { unitsToShip, withheldUnits, withhold } from './units-to-ship.ts';

const LONGEST_NOTES = 2_000;
const LONGEST_REASON = 500;
const LONGEST_TRACKING = 200;

/**
 * A quote's `currency`, `prices`, `shipping`, `promotions` and `totals` fit as they are, and its lines as
 * items as soon as they have an id of their own, a sku and a name.
 */
export type PlaceOrderInput = Omit<
  OrderState,
  'status' | 'fulfilments' | 'refunds' | 'placedAt'
> & { readonly at: Instant };

/** A step that the order's life does not have; `legal` says which ones it has from here. */
export type IllegalTransition = {
  readonly code: 'ordering.illegal_transition';
  readonly from: OrderStatusName;
  readonly to: OrderStatusName;
  readonly legal: readonly OrderStatusName[];
};
export type FulfilmentOfNothing = { readonly code: 'ordering.fulfilment_of_nothing' };

/** A parcel; carrier and tracking number are null where there is none. */
export type Parcel = {
  readonly id: FulfilmentId;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
};

/** A promise to sell: what, to whom, for how much. */
export class Order {
  readonly state: OrderState;
  /** After the last change; each change is one version and one event. */
  readonly version: number;
  /** Not saved yet: what is stored has the version less the number of these. */
  readonly pending: readonly OrderingEvent[];

  private constructor(state: OrderState, version: number, pending: readonly OrderingEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static place(
    input: PlaceOrderInput,
  ): Result<Order, CartEmpty | EmailRequired | TotalsDoNotAddUp | InvalidText> {
    const { at, ...frozen } = input;
    if (input.items.length === 0) return err({ code: 'ordering.cart_empty' });
    if (input.customerId === null && input.email === null)
      return err({ code: 'ordering.email_required' });
    if (!addsUp(input)) return err({ code: 'ordering.totals_do_not_add_up' });
    return parseProse(input.notes, 'notes', LONGEST_NOTES).map((notes) => {
      const state: OrderState = {
        ...frozen,
        ...copyOf(frozen),
        notes,
        status: { name: 'pending' },
        fulfilments: [],
        refunds: [],
        placedAt: at,
      };
      return new Order(state, 0, []).#next(state, placed(state), at);
    });
  }

  /** For persistence only. */
  static restore(state: OrderState, version: number): Order {
    return new Order(state, version, []);
  }

  get shippingMethod(): string {
    return this.state.shipping.method;
  }

  /** Where the order may go from here. */
  get legalNext(): readonly OrderStatusName[] {
    const hasShippedUnits = this.state.fulfilments.length > 0;
    return legalNextOf(this.state.status.name, { hasShippedUnits });
  }

  /** Units were paid back before they left, and nothing is to leave any more. */
  get hasWithheldTheRest(): boolean {
    const withheld = [...withheldUnits(this.state.refunds).values()];
    const toShip = [...unitsToShip(this.state).values()];
    return withheld.some((units) => units > 0) && toShip.every((units) => units === 0);
  }

  /** What may still be paid back; whether it was ever paid is for the payments to know. */
  get refundable(): Refundable<OrderItemId> {
    const whole = Refundable.of(this.state).unwrapOr(null);
    const left = this.state.refunds.reduce((before, refund) => before?.less(refund) ?? null, whole);
    return left ?? defect(`Order ${this.state.id} paid back more than it was sold for.`);
  }

  confirm(at: Instant): Result<Order, IllegalTransition> {
    return this.#enter({ name: 'confirmed', at }, confirmed());
  }

  startProcessing(at: Instant): Result<Order, IllegalTransition> {
    return this.#enter({ name: 'processing', at }, processingStarted());
  }

  /** Sends units off while the order is being processed; with the last of them the order is shipped. */
  fulfil(
    lines: readonly SelectedUnits[],
    parcel: Parcel,
    at: Instant,
  ): Result<Order, IllegalTransition | FulfilmentOfNothing | InvalidSelection | InvalidText> {
    return this.#requireLegal('shipped').andThen(() =>
      selectUnits(lines, this.#unitsToShip()).andThen((units) => this.#ship(units, parcel, at)),
    );
  }

  /** Sends off all that is left. */
  shipAll(
    parcel: Parcel,
    at: Instant,
  ): Result<Order, IllegalTransition | FulfilmentOfNothing | InvalidText> {
    return this.#requireLegal('shipped').andThen(() => this.#ship(this.#unitsToShip(), parcel, at));
  }

  deliver(at: Instant): Result<Order, IllegalTransition> {
    return this.#enter({ name: 'delivered', at }, delivered());
  }

  /** Calls the order off while no unit has left; the reason may be empty. */
  cancel(reason: string, at: Instant): Result<Order, IllegalTransition | InvalidText> {
    return this.#requireLegal('cancelled').andThen(() =>
      parseProse(reason, 'reason', LONGEST_REASON).andThen((read) =>
        this.#enter({ name: 'cancelled', at, reason: read }, cancelled(this.state, read)),
      ),
    );
  }

  /**
   * Pays back in any state, a cancelled order too: what was paid and is not owed any more goes back. Units that have
   * not left are taken first, and leave no more; for a return those that have left. If others have left and these were
   * the last, the order is shipped.
   */
  refund(
    request: RefundRequest,
    note: {
      readonly id: RefundId;
      readonly reason: string;
      readonly at: Instant;
      readonly isForReturn?: boolean;
    },
  ): Result<Order, RefundError | InvalidText> {
    const { id, at, isForReturn = false } = note;
    return parseProse(note.reason, 'reason', LONGEST_REASON).andThen((reason) =>
      this.refundable.refund(request).map(({ refund }) => {
        const lines = withhold(this.state, refund.lines, isForReturn);
        const frozen: OrderRefund = { ...refund, lines, id, reason, at };
        const state = { ...this.state, refunds: [...this.state.refunds, frozen] };
        const status = this.#hasNowShipped(state) ? { name: 'shipped' as const, at } : state.status;
        return this.#next({ ...state, status }, refunded(frozen), at);
      }),
    );
  }

  /** With its version: all that it takes to go on with it. Events not yet saved are left out; `parseOrder` reads it back. */
  toJSON(): Json {
    return toWireForm({ version: this.version, ...this.state });
  }

  #enter(
    status: Exclude<OrderStatus, { name: 'pending' }>,
    happening: OrderHappening,
  ): Result<Order, IllegalTransition> {
    return this.#requireLegal(status.name).map(() =>
      this.#next({ ...this.state, status }, happening, status.at),
    );
  }

  #requireLegal(to: OrderStatusName): Result<void, IllegalTransition> {
    const legal = this.legalNext;
    return legal.includes(to)
      ? ok()
      : err({ code: 'ordering.illegal_transition', from: this.state.status.name, to, legal });
  }

  #unitsToShip(): ReadonlyMap<OrderItemId, number> {
    return unitsToShip(this.state);
  }

  #hasNowShipped(state: OrderState): boolean {
    return (
      state.status.name === 'processing' &&
      state.fulfilments.length > 0 &&
      [...unitsToShip(state).values()].every((units) => units === 0)
    );
  }

  #ship(
    units: ReadonlyMap<OrderItemId, number>,
    parcel: Parcel,
    at: Instant,
  ): Result<Order, FulfilmentOfNothing | InvalidText> {
    const lines = this.state.items
      .map(({ id }) => ({ itemId: id, quantity: units.get(id) ?? 0 }))
      .filter(({ quantity }) => quantity > 0);
    if (lines.length === 0) return err({ code: 'ordering.fulfilment_of_nothing' });
    return Result.combine([
      parseTracking(parcel.carrier, 'carrier'),
      parseTracking(parcel.trackingNumber, 'trackingNumber'),
    ]).map(([carrier, trackingNumber]) => {
      const fulfilment: Fulfilment = { id: parcel.id, lines, carrier, trackingNumber, at };
      const isComplete = [...this.#unitsToShip()].every(
        ([id, left]) => left === (units.get(id) ?? 0),
      );
      return this.#next(
        {
          ...this.state,
          fulfilments: [...this.state.fulfilments, fulfilment],
          status: isComplete ? { name: 'shipped', at } : this.state.status,
        },
        fulfilled(this.state, fulfilment, isComplete),
        at,
      );
    });
  }

  #next(state: OrderState, happening: OrderHappening, at: Instant): Order {
    const version = this.version + 1;
    const { id, number } = state;
    const event = {
      type: happening.type,
      schemaVersion: 1,
      aggregateId: id,
      aggregateVersion: version,
      occurredAt: at,
      payload: { orderId: id, number, ...happening.payload },
    } as OrderingEvent;
    return new Order(state, version, [...this.pending, event]);
  }
}

function parseProse(
  text: string,
  field: string,
  maximumLength: number,
): Result<string, InvalidText> {
  return parseText(text, { path: [field], maximumLength, mayBeEmpty: true, multiline: true });
}

function parseTracking(text: string | null, field: string): Result<string | null, InvalidText> {
  return text === null
    ? ok(null)
    : parseText(text, { path: [field], maximumLength: LONGEST_TRACKING });
}
