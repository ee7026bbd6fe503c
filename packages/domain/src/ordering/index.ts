export * from './cart.aggregate.ts';
export * from './order-number.value.ts';
export * from './order-standing.ts';
export * from './order.aggregate.ts';
export * from './order.events.ts';
export * from './ordering.errors.ts';
