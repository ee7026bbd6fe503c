import type { ReturnStatusName } from './return.state.ts';

/** Neither a unit to send back nor one that came. */
export type ReturnOfNothing = { readonly code: 'ordering.return_of_nothing' };
export type ReturnNotFound = { readonly code: 'ordering.return_not_found' };
/** What is over is not received, cancelled or exchanged any more. */
export type ReturnIsOver = {
  readonly code: 'ordering.return_is_over';
  readonly status: ReturnStatusName;
};
/** An order goes out for it that was not called off. */
export type AlreadyExchanged = {
  readonly code: 'ordering.already_exchanged';
  readonly exchangeOrderId: string;
};
