export * from './demand.value.ts';
export * from './inventory.errors.ts';
export * from './stock.aggregate.ts';
