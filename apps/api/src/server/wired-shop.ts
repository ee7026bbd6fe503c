import { pingDatabase, type Database } from '@kastoma/adapters-postgres';

import { wire, type Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import type { Environment } from '../config/environment.ts';
import { openCatalogueCache } from './catalogue-cache.ts';
import type { Closing } from './closing.ts';
import { openRateLimiter } from './connections.ts';
import { describeFailure, type Log } from './log.ts';
import { openMail } from './mail.ts';
import { openMedia } from './media.ts';
import { openPayments } from './payments.ts';
import { paymentsHealth } from './reconciling.ts';
import { relayHealth } from './relaying.ts';
import { openRevokedAccess } from './revoked-access.ts';
import { openSecondFactor } from './second-factor.ts';
import { webhooksHealth } from './sending-webhooks.ts';
import { openTokens } from './tokens.ts';
import { openWebhooks } from './webhooks.ts';

type Circumstances = {
  readonly database: Database;
  /** Where the shop can be reached, when nothing else was said. */
  readonly url: string;
  readonly isShuttingDown: () => boolean;
};

/** Opens what stands beside the database, and wires the shop on it. */
export async function wireShop(
  environment: Environment,
  { database, url, isShuttingDown }: Circumstances,
  log: Log,
  closing: Closing,
): Promise<Wiring> {
  const limiter = openRateLimiter(environment, log);
  closing.rateLimiter = limiter.close;
  const tokens = await openTokens(environment);
  const secondFactor = await openSecondFactor(environment);
  const revoked = openRevokedAccess(environment, log);
  closing.revokedAccess = revoked.close;

  const catalogueCache = await openCatalogueCache(environment, database, log);
  closing.catalogueCache = catalogueCache.close;

  const media = await openMedia(environment);
  const payments = openPayments(environment);
  const mail = openMail(environment, url);
  closing.mail = mail.close;

  const wiring: Wiring = wire({
    settings: {
      currency: environment.currency,
      country: environment.country,
      mediaUrl: environment.media.publicUrl ?? undefined,
    },
    database,
    rateLimiter: limiter.thing,
    requestLimits: environment.rateLimits ? environment.requestLimits : null,
    door: environment.door,
    tokens,
    secondFactor,
    revokedAccess: revoked.thing,
    privacyPolicy: environment.privacy,
    mail,
    catalogueCache: catalogueCache.thing,
    media,
    assetUrl: environment.media.assetUrl ?? undefined,
    payments,
    webhooks: openWebhooks(environment),
    healthChecks: [
      { name: 'database', optional: false, check: () => pingDatabase(database) },
      ...limiter.healthChecks,
      relayHealth(() => wiring.get(TOKENS.relayOutbox)),
      paymentsHealth(() => wiring.get(TOKENS.reconcilePayments)),
      webhooksHealth(() => wiring.get(TOKENS.sendWebhooks)),
    ],
    isShuttingDown,
    reportFailure: ({ error, requestId }) => {
      log('error', 'A request failed', { request_id: requestId, ...describeFailure(error) });
    },
  });
  return wiring;
}
