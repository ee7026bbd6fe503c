export * from './payments/manual-provider.ts';
export * from './payments/stripe-provider.ts';
export * from './payments/test-gateway.ts';
