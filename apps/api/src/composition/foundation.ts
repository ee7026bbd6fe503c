import type { DoorSettings, HealthCheck, RequestLimits } from '@kastoma/adapters-http';
import type { Database } from '@kastoma/adapters-postgres';
import type { RateLimiter, StoreSettings } from '@kastoma/application/core';
import type { PrivacyPolicy, RevokedAccess } from '@kastoma/application/identity';

import type { CatalogueCache } from '../server/catalogue-cache.ts';
import type { OpenedMail } from '../server/mail.ts';
import type { OpenedMedia } from '../server/media.ts';
import type { OpenedPayments } from '../server/payments.ts';
import type { OpenedSecondFactor } from '../server/second-factor.ts';
import type { OpenedTokens } from '../server/tokens.ts';
import type { OpenedWebhooks } from '../server/webhooks.ts';

/** What is there before anything is wired: settings, and the connections that were opened. */
export type Foundation = {
  readonly settings: StoreSettings;
  readonly database: Database;
  readonly rateLimiter: RateLimiter;
  /** Null where nobody counts. */
  readonly requestLimits: RequestLimits['limits'] | null;
  readonly door: DoorSettings;
  readonly tokens: OpenedTokens;
  readonly secondFactor: OpenedSecondFactor;
  readonly revokedAccess: RevokedAccess;
  readonly privacyPolicy: PrivacyPolicy;
  readonly mail: Pick<OpenedMail, 'mailer' | 'accountMails'>;
  readonly catalogueCache: CatalogueCache;
  readonly media: OpenedMedia;
  /** Left out, files of our pages come from the API itself. */
  readonly assetUrl?: string | undefined;
  readonly payments: OpenedPayments;
  readonly webhooks: OpenedWebhooks;
  readonly healthChecks: readonly HealthCheck[];
  readonly isShuttingDown: () => boolean;
  readonly reportFailure: (failure: {
    readonly error: unknown;
    readonly requestId: string;
  }) => void;
};
