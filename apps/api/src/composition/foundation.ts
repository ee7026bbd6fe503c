import type { HealthCheck } from '@kastoma/adapters-http';
import type { Database } from '@kastoma/adapters-postgres';
import type { RateLimiter, StoreSettings } from '@kastoma/application/core';

/** What is there before anything is wired: settings, and the connections that were opened. */
export type Foundation = {
  readonly settings: StoreSettings;
  readonly database: Database;
  readonly rateLimiter: RateLimiter;
  readonly tokenSecret: Uint8Array<ArrayBuffer>;
  readonly healthChecks: readonly HealthCheck[];
  readonly isShuttingDown: () => boolean;
  readonly reportFailure: (failure: {
    readonly error: unknown;
    readonly requestId: string;
  }) => void;
};
