import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { err, ok, type Result } from 'neverthrow';
import type { z } from 'zod';

import type { DoorSettings, RequestLimits, WebhookTargets } from '@kastoma/adapters-http';
import type { PrivacyPolicy } from '@kastoma/application/identity';
import type { Country, Currency } from '@kastoma/domain/core';
import type { EmailAddress, Password } from '@kastoma/domain/identity';

import { doorContradictionsOf, doorSettingsOf, requestLimitsOf } from './door-settings.ts';
import { mailGapsOf, mailSettingsOf, unsafeMailOf, type MailSettings } from './mail-settings.ts';
import { mediaGapsOf, mediaSettingsOf, type MediaSettings } from './media-settings.ts';
import { paymentGapsOf, paymentSettingsOf, type PaymentSettings } from './payment-settings.ts';
import { privacyPolicyOf } from './privacy-settings.ts';
import {
  secondFactorGapsOf,
  secondFactorSettingsOf,
  type SecondFactorSettings,
} from './second-factor-settings.ts';
import { withSecretFiles } from './secret-files.ts';
import { contradictionsOf, tokenSettingsOf, type TokenSettings } from './token-settings.ts';
import { schema } from './variables.ts';
import { webhookGapsOf, webhookTargetsOf } from './webhook-settings.ts';

export type AdminAccount = { readonly email: EmailAddress; readonly password: Password };

/** Everything that the outside may set, read and checked. */
export type Environment = {
  readonly mode: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  /** Null for the embedded one. */
  readonly databaseUrl: string | null;
  /** Null for the stand-ins inside the process. */
  readonly redisUrl: string | null;
  /** Holds the embedded database and what is made at the first start. */
  readonly dataFolder: string;
  readonly currency: Currency;
  /** Where a cart is taken to go as long as nobody knows. */
  readonly country: Country;
  readonly rateLimits: boolean;
  /** Whether shoppers are shown the catalogue as it was a moment ago. */
  readonly cache: boolean;
  /** Whether this process relays events, too, or another one does (`worker.ts`). */
  readonly worker: 'inside' | 'separate';
  /** For each class of routes. */
  readonly requestLimits: RequestLimits['limits'];
  readonly door: DoorSettings;
  readonly admin: AdminAccount | null;
  readonly tokens: TokenSettings;
  readonly secondFactor: SecondFactorSettings;
  readonly mail: MailSettings;
  readonly media: MediaSettings;
  readonly payments: PaymentSettings;
  /** Whom the shop calls: what is everybody's alone, or any address. */
  readonly webhookTargets: WebhookTargets;
  readonly privacy: PrivacyPolicy;
};

/** Reads the settings, or says in one line each what is wrong with them. A variable that is set to nothing is not set. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Result<Environment, readonly string[]> {
  const given = Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return withSecretFiles(given, (file) => readFileSync(file, 'utf8')).andThen(readVariables);
}

function readVariables(
  given: Readonly<Record<string, string>>,
): Result<Environment, readonly string[]> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message} is wanted.`),
    );
  }
  const settings = parsed.data;
  const { KASTOMA_ADMIN_EMAIL: email, KASTOMA_ADMIN_PASSWORD: password } = settings;
  const problems = [
    ...((email === undefined) === (password === undefined)
      ? []
      : ['KASTOMA_ADMIN_EMAIL and KASTOMA_ADMIN_PASSWORD: both are wanted, or neither.']),
    ...(settings.KASTOMA_WORKER === 'separate' && settings.DATABASE_URL === undefined
      ? ['KASTOMA_WORKER: a separate one wants DATABASE_URL; the embedded database has one owner.']
      : []),
    ...contradictionsOf(settings),
    ...doorContradictionsOf(settings),
    ...mailGapsOf(settings),
    ...mediaGapsOf(settings),
    ...paymentGapsOf(settings),
    ...secondFactorGapsOf(settings),
    ...webhookGapsOf(settings),
    ...(settings.KASTOMA_ENV === 'production' ? unsafeInProduction(settings) : []),
  ];
  if (problems.length > 0) return err(problems);
  return ok({
    mode: settings.KASTOMA_ENV,
    host: settings.HOST,
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL ?? null,
    redisUrl: settings.REDIS_URL ?? null,
    dataFolder: resolve(settings.KASTOMA_DATA_DIR),
    currency: settings.KASTOMA_CURRENCY,
    country: settings.KASTOMA_COUNTRY,
    rateLimits: settings.KASTOMA_RATE_LIMITS === 'on',
    cache: settings.KASTOMA_CACHE === 'on',
    worker: settings.KASTOMA_WORKER,
    requestLimits: requestLimitsOf(settings),
    door: doorSettingsOf(settings),
    admin: email === undefined || password === undefined ? null : { email, password },
    tokens: tokenSettingsOf(settings),
    secondFactor: secondFactorSettingsOf(settings),
    mail: mailSettingsOf(settings),
    media: mediaSettingsOf(settings),
    payments: paymentSettingsOf(settings),
    webhookTargets: webhookTargetsOf(settings),
    privacy: privacyPolicyOf(settings),
  });
}

function unsafeInProduction(settings: z.output<typeof schema>): readonly string[] {
  const { DATABASE_URL, KASTOMA_TOKEN_SECRET, KASTOMA_TOKEN_KEYS, KASTOMA_RATE_LIMITS } = settings;
  return [
    ...(DATABASE_URL === undefined
      ? ['DATABASE_URL: production wants a PostgreSQL of its own.']
      : []),
    ...(KASTOMA_TOKEN_SECRET === undefined && KASTOMA_TOKEN_KEYS === undefined
      ? [
          'KASTOMA_TOKEN_KEYS: production wants them, or a KASTOMA_TOKEN_SECRET, the same for all replicas.',
        ]
      : []),
    ...(KASTOMA_RATE_LIMITS === 'off'
      ? ['KASTOMA_RATE_LIMITS: production does not run without limits.']
      : []),
    ...unsafeMailOf(settings),
  ];
}
