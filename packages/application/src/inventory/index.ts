export * from './stock-ledger.port.ts';
export * from './stock-queries.port.ts';
