export * from './core/falling-back-rate-limiter.ts';
export * from './core/redis-connection.ts';
export * from './core/redis-rate-limiter.ts';
