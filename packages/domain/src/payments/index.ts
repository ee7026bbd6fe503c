export { nothingMoved } from './moved-money.value.ts';
export * from './payment-operation.ts';
export * from './payment-status.value.ts';
export * from './payment.aggregate.ts';
export * from './payment.errors.ts';
export * from './payment.events.ts';
export * from './payment.state.ts';
