/** One event for one consumer. */
export type DeliveryKey = { readonly eventId: string; readonly consumer: string };

/** Whether this call did it; `not_due` when it was done, is being done by somebody else, or waits for an earlier event. */
export type DeliveryOutcome = 'handled' | 'not_due';
