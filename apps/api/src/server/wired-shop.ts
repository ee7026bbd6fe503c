import { pingDatabase, type Database } from '@kastoma/adapters-postgres';

import { wire, type Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import type { Environment } from '../config/environment.ts';
import type { Closing } from './closing.ts';
import { openRateLimiter } from './connections.ts';
import { describeFailure, type Log } from './log.ts';
import { openMail } from './mail.ts';
import { relayHealth } from './relaying.ts';
import { openRevokedAccess } from './revoked-access.ts';
import { openTokens } from './tokens.ts';

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
  const revoked = openRevokedAccess(environment, log);
  closing.revokedAccess = revoked.close;

  const mail = openMail(environment, url);
  closing.mail = mail.close;

  const wiring: Wiring = wire({
    settings: { currency: environment.currency, country: environment.country },
    database,
    rateLimiter: limiter.thing,
    requestLimits: environment.rateLimits ? environment.requestLimits : null,
    door: environment.door,
    tokens,
    revokedAccess: revoked.thing,
    privacyPolicy: environment.privacy,
    mail,
    healthChecks: [
      { name: 'database', optional: false, check: () => pingDatabase(database) },
      ...limiter.healthChecks,
      relayHealth(() => wiring.get(TOKENS.relayOutbox)),
    ],
    isShuttingDown,
    reportFailure: ({ error, requestId }) => {
      log('error', 'A request failed', { request_id: requestId, ...describeFailure(error) });
    },
  });
  return wiring;
}
