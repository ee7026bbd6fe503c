export * from './payment.aggregate.ts';
export * from './payment.events.ts';
