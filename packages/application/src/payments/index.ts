export * from './payment-repository.port.ts';
