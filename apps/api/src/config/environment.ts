import { resolve } from 'node:path';

import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';

import type { DoorSettings, RequestLimits } from '@kastoma/adapters-http';
import type { PrivacyPolicy } from '@kastoma/application/identity';
import { parseCountry, parseCurrency, type Country, type Currency } from '@kastoma/domain/core';
import {
  parseEmailAddress,
  parsePassword,
  type EmailAddress,
  type Password,
} from '@kastoma/domain/identity';

import {
  doorContradictionsOf,
  doorSettingsOf,
  doorVariables,
  requestLimitsOf,
} from './door-settings.ts';
import {
  mailGapsOf,
  mailSettingsOf,
  mailVariables,
  unsafeMailOf,
  type MailSettings,
} from './mail-settings.ts';
import {
  mediaGapsOf,
  mediaSettingsOf,
  mediaVariables,
  type MediaSettings,
} from './media-settings.ts';
import {
  paymentGapsOf,
  paymentSettingsOf,
  paymentVariables,
  type PaymentSettings,
} from './payment-settings.ts';
import { privacyPolicyOf, privacyVariables } from './privacy-settings.ts';
import {
  secondFactorGapsOf,
  secondFactorSettingsOf,
  secondFactorVariables,
  type SecondFactorSettings,
} from './second-factor-settings.ts';
import {
  contradictionsOf,
  tokenSettingsOf,
  tokenVariables,
  type TokenSettings,
} from './token-settings.ts';

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
  readonly privacy: PrivacyPolicy;
};

const DATABASE_SCHEMES = ['postgres:', 'postgresql:'];
const REDIS_SCHEMES = ['redis:', 'rediss:'];

const schema = z.object({
  KASTOMA_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a port number up to 65535')
    .default(8000),
  DATABASE_URL: z
    .string()
    .refine(hasScheme(DATABASE_SCHEMES), 'an address such as postgres://user@host/name')
    .optional(),
  REDIS_URL: z
    .string()
    .refine(hasScheme(REDIS_SCHEMES), 'an address such as redis://host:6379')
    .optional(),
  KASTOMA_DATA_DIR: z.string().min(1).default('.kastoma'),
  KASTOMA_CURRENCY: z
    .string()
    .default('USD')
    .transform(readBy(parseCurrency, 'an ISO 4217 code such as USD')),
  KASTOMA_COUNTRY: z
    .string()
    .default('US')
    .transform(readBy(parseCountry, 'an ISO 3166-1 code such as US')),
  KASTOMA_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  KASTOMA_CACHE: z.enum(['on', 'off']).default('on'),
  KASTOMA_WORKER: z.enum(['inside', 'separate']).default('inside'),
  KASTOMA_ADMIN_EMAIL: z
    .string()
    .transform(readBy(parseEmailAddress, 'an e-mail address'))
    .optional(),
  KASTOMA_ADMIN_PASSWORD: z
    .string()
    .transform(readBy(parsePassword, 'a password of 8 to 128 characters'))
    .optional(),
  ...tokenVariables,
  ...doorVariables,
  ...mailVariables,
  ...mediaVariables,
  ...paymentVariables,
  ...privacyVariables,
  ...secondFactorVariables,
});

/** Reads the settings, or says in one line each what is wrong with them. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Result<Environment, readonly string[]> {
  // A variable that is set to nothing is one that is not set.
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
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

function hasScheme(schemes: readonly string[]) {
  return (text: string): boolean => URL.canParse(text) && schemes.includes(new URL(text).protocol);
}

function readBy<Output>(parse: (text: string) => Result<Output, unknown>, wanted: string) {
  return (text: string, context: z.RefinementCtx): Output =>
    parse(text).match(
      (output) => output,
      () => {
        context.addIssue({ code: 'custom', message: wanted, input: text });
        return z.NEVER;
      },
    );
}
