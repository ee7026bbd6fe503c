export * from './core/in-process-cache.ts';
export * from './core/in-process-rate-limiter.ts';
export * from './core/random-jitter.ts';
export * from './core/system-clock.ts';
export * from './core/system-pause.ts';
export * from './core/unlimited-rate-limiter.ts';
export * from './core/uuid-v7-generator.ts';
export * from './identity/in-process-revoked-access.ts';
