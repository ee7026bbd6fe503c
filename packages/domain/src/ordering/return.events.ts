import type { DomainEvent } from '../core/domain-event.ts';

type ReturnReference = { readonly returnId: string; readonly orderId: string };
type ReturnedUnits = { readonly itemId: string; readonly quantity: number };

/** Somebody wants to send units back. */
export type ReturnRequested = DomainEvent<
  'ordering.return_requested',
  ReturnReference & { readonly lines: readonly ReturnedUnits[] }
>;

/** Units came back. */
export type ReturnReceived = DomainEvent<
  'ordering.return_received',
  ReturnReference & {
    readonly lines: readonly (ReturnedUnits & { readonly restock: boolean })[];
    readonly refundId: string | null;
  }
>;

/** The units stay where they are. */
export type ReturnCancelled = DomainEvent<'ordering.return_cancelled', ReturnReference>;

/** Other goods go out for what comes back, as an order of their own. */
export type ReturnExchanged = DomainEvent<
  'ordering.return_exchanged',
  ReturnReference & { readonly exchangeOrderId: string }
>;

export type ReturnEvent = ReturnRequested | ReturnReceived | ReturnCancelled | ReturnExchanged;
