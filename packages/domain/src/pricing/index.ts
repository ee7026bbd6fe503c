export * from './price.ts';
export * from './pricing-input.ts';
export * from './quote.value.ts';
export * from './shipping-rate.value.ts';
