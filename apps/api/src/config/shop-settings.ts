import type { Result } from 'neverthrow';
import { z } from 'zod';

import { parseCountry, parseCurrency } from '@kastoma/domain/core';
import { parseEmailAddress, parsePassword } from '@kastoma/domain/identity';

const DATABASE_SCHEMES = ['postgres:', 'postgresql:'];
const REDIS_SCHEMES = ['redis:', 'rediss:'];

/** Where the shop runs, what it stands on, and what it cannot be without. */
export const shopVariables = {
  KASTOMA_ENV: z.enum(['development', 'test', 'production']).default('development').meta({
    description:
      '`development` (seeds a catalogue), `test`, or `production` (refuses unsafe defaults)',
  }),
  HOST: z.string().min(1).default('127.0.0.1').meta({ description: 'the address it listens on' }),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a port number up to 65535')
    .default(8000)
    .meta({ description: 'the port it listens on' }),
  DATABASE_URL: z
    .string()
    .refine(hasScheme(DATABASE_SCHEMES), 'an address such as postgres://user@host/name')
    .optional()
    .meta({
      description: 'a PostgreSQL, 15 or later',
      secret: true,
      fallback: 'an embedded one in the data folder',
      production: 'wanted',
    }),
  REDIS_URL: z
    .string()
    .refine(hasScheme(REDIS_SCHEMES), 'an address such as redis://host:6379')
    .optional()
    .meta({
      description: 'limits, revoked tokens and the cache of all processes together',
      secret: true,
      fallback: 'inside each process',
    }),
  KASTOMA_DATA_DIR: z
    .string()
    .min(1)
    .default('.kastoma')
    .meta({ description: 'the embedded database, images, and secrets made at the first start' }),
  KASTOMA_CURRENCY: z
    .string()
    .default('USD')
    .transform(readBy(parseCurrency, 'an ISO 4217 code such as USD'))
    .meta({ description: 'the shop’s currency, ISO 4217; fixed at the first start' }),
  KASTOMA_COUNTRY: z
    .string()
    .default('US')
    .transform(readBy(parseCountry, 'an ISO 3166-1 code such as US'))
    .meta({
      description: 'the shop’s country, ISO 3166-1; carts without an address are priced for it',
    }),
  KASTOMA_RATE_LIMITS: z
    .enum(['on', 'off'])
    .default('on')
    .meta({ description: '`off` for load tests', production: '`on`, and nothing else' }),
  KASTOMA_CACHE: z
    .enum(['on', 'off'])
    .default('on')
    .meta({ description: '`off` reads all that is shown from the database' }),
  KASTOMA_WORKER: z
    .enum(['inside', 'separate'])
    .default('inside')
    .meta({ description: '`separate` leaves events, mails and what is due to `npm run worker`' }),
  KASTOMA_ADMIN_EMAIL: z
    .string()
    .transform(readBy(parseEmailAddress, 'an e-mail address'))
    .optional()
    .meta({
      description: 'the first administrator, made once; wants the next with it',
      fallback: 'made and printed, on the embedded database',
      production: 'none',
    }),
  KASTOMA_ADMIN_PASSWORD: z
    .string()
    .transform(readBy(parsePassword, 'a password of 8 to 128 characters'))
    .optional()
    .meta({ description: 'the first administrator’s password', secret: true }),
};

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
