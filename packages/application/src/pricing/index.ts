export * from './flat-shipping-rates.ts';
