export * from './counted-statements.ts';
export { postgresShop } from './postgres-shop.ts';
export * from './test-database.ts';
