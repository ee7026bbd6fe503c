export type * from './notifications.errors.ts';
export * from './public-event-type.value.ts';
export * from './webhook-endpoint.aggregate.ts';
export type * from './webhook-endpoint.events.ts';
export type * from './webhook-endpoint.state.ts';
export * from './webhook-schedule.ts';
