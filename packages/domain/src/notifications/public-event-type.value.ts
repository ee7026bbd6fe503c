/** What the shop tells programs outside of, by the names that it keeps for them. */
export const PUBLIC_EVENT_TYPES = [
  'order.placed',
  'order.confirmed',
  'order.processing',
  'order.fulfilled',
  'order.delivered',
  'order.cancelled',
  'order.refunded',
  'payment.authorized',
  'payment.captured',
  'payment.refunded',
  'payment.voided',
  'payment.declined',
] as const;

export type PublicEventType = (typeof PUBLIC_EVENT_TYPES)[number];

/** What an endpoint is sent to see whether it listens; it is subscribed to by nobody. */
export const PING_TYPE = 'webhook.ping';
