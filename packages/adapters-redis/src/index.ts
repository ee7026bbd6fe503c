export * from './core/falling-back-cache.ts';
export * from './core/falling-back-rate-limiter.ts';
export * from './core/redis-cache.ts';
export * from './core/redis-connection.ts';
export * from './core/redis-rate-limiter.ts';
export * from './identity/falling-back-revoked-access.ts';
export * from './identity/redis-revoked-access.ts';
