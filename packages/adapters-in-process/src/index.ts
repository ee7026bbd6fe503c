export * from './core/in-process-rate-limiter.ts';
export * from './core/system-clock.ts';
export * from './core/unlimited-rate-limiter.ts';
export * from './core/uuid-v7-generator.ts';
