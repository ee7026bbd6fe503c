import type { Instant } from '../core/instant.value.ts';
import type { MovedMoney } from './moved-money.value.ts';
import type { PaymentsEvent } from './payment.events.ts';
import type { PaymentState } from './payment.state.ts';

/** An event without what the payment adds to each: its ids, its version and the time. */
export type Happening<Event extends PaymentsEvent = PaymentsEvent> = Event extends PaymentsEvent
  ? {
      readonly type: Event['type'];
      readonly payload: Omit<Event['payload'], 'paymentId' | 'orderId'>;
    }
  : never;

export function toEvents(
  happenings: readonly Happening[],
  { id: paymentId, orderId }: PaymentState,
  version: number,
  at: Instant,
): readonly PaymentsEvent[] {
  return happenings.map(
    ({ type, payload }) =>
      ({
        type,
        schemaVersion: 1,
        aggregateId: paymentId,
        aggregateVersion: version,
        occurredAt: at,
        payload: { paymentId, orderId, ...payload },
      }) as PaymentsEvent,
  );
}

/** What is to be told of more that is known. The rest of a promise that was captured in part goes without a word. */
export function movements(before: MovedMoney, after: MovedMoney): readonly Happening[] {
  const grown = (
    [
      ['payments.payment_authorized', before.authorized, after.authorized],
      ['payments.payment_captured', before.captured, after.captured],
      ['payments.payment_refunded', before.refunded, after.refunded],
    ] as const
  )
    .filter(([, less, more]) => more.minorUnits > less.minorUnits)
    .map(([type, , total]): Happening => ({ type, payload: { total: total.toJSON() } }));
  const isVoided = after.isReleased && !before.isReleased && after.captured.minorUnits === 0n;
  return isVoided ? [...grown, { type: 'payments.payment_voided', payload: {} }] : grown;
}
