import { z } from 'zod';

import { SHORTEST_SECRET_BYTES, type TokenAlgorithm } from '@kastoma/adapters-crypto';

/** How access and refresh tokens are made. */
export type TokenSettings = {
  /** Of the keys that are made at the first start; keys that are given say their own. */
  readonly algorithm: TokenAlgorithm;
  /** A secret shared by all replicas, for HS256. Null where none is given. */
  readonly secret: string | null;
  /** A JSON Web Key Set. Null where keys are made at the first start and kept in the data folder. */
  readonly keys: string | null;
  readonly issuer: string;
  readonly audience: string;
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
  /** By how much the clocks of replicas may differ. */
  readonly skewSeconds: number;
};

const DAY_SECONDS = 24 * 60 * 60;

/** A name or an address without spaces, as `iss` and `aud` compare it. */
const nameOfParty = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a name or an address without spaces');

export const tokenVariables = {
  KASTOMA_TOKEN_SECRET: z
    .string()
    .min(
      SHORTEST_SECRET_BYTES,
      `at least ${SHORTEST_SECRET_BYTES} characters that nobody can guess`,
    )
    .optional()
    .meta({ description: 'instead of keys: one shared secret, for HS256', secret: true }),
  KASTOMA_TOKEN_KEYS: z
    .string()
    .refine((text) => text.trimStart().startsWith('{'), 'a JSON Web Key Set such as {"keys":[…]}')
    .optional()
    .meta({
      description: 'keys that sign access tokens (JSON Web Key Set), the same for all replicas',
      secret: true,
      fallback: 'made once, kept in the data folder',
      production: 'wanted, or `KASTOMA_TOKEN_SECRET`',
    }),
  KASTOMA_TOKEN_ALGORITHM: z.enum(['EdDSA', 'RS256', 'HS256']).optional().meta({
    description: 'of the keys that are made: `EdDSA`, `RS256` or `HS256`',
    fallback: '`EdDSA`',
  }),
  KASTOMA_TOKEN_ISSUER: nameOfParty
    .default('kastoma')
    .meta({ description: '`iss` of access tokens' }),
  KASTOMA_TOKEN_AUDIENCE: nameOfParty
    .default('kastoma-api')
    .meta({ description: '`aud` of access tokens' }),
  KASTOMA_ACCESS_TOKEN_SECONDS: wholeNumber(30, DAY_SECONDS)
    .default(15 * 60)
    .meta({ description: 'how long an access token is good' }),
  KASTOMA_REFRESH_TOKEN_SECONDS: wholeNumber(60, 400 * DAY_SECONDS)
    .default(30 * DAY_SECONDS)
    .meta({ description: 'how long a session lasts after its last renewal' }),
  KASTOMA_TOKEN_SKEW_SECONDS: wholeNumber(0, 300)
    .default(5)
    .meta({ description: 'by how much the clocks of replicas may differ' }),
};

type TokenVariables = z.output<z.ZodObject<typeof tokenVariables>>;

export function tokenSettingsOf(variables: TokenVariables): TokenSettings {
  const secret = variables.KASTOMA_TOKEN_SECRET ?? null;
  return {
    algorithm: variables.KASTOMA_TOKEN_ALGORITHM ?? (secret === null ? 'EdDSA' : 'HS256'),
    secret,
    keys: variables.KASTOMA_TOKEN_KEYS ?? null,
    issuer: variables.KASTOMA_TOKEN_ISSUER,
    audience: variables.KASTOMA_TOKEN_AUDIENCE,
    accessSeconds: variables.KASTOMA_ACCESS_TOKEN_SECONDS,
    refreshSeconds: variables.KASTOMA_REFRESH_TOKEN_SECONDS,
    skewSeconds: variables.KASTOMA_TOKEN_SKEW_SECONDS,
  };
}

/** Settings that cannot both be meant. */
export function contradictionsOf(variables: TokenVariables): readonly string[] {
  const { KASTOMA_TOKEN_SECRET: secret, KASTOMA_TOKEN_KEYS: keys } = variables;
  const algorithm = variables.KASTOMA_TOKEN_ALGORITHM;
  const { KASTOMA_ACCESS_TOKEN_SECONDS: access, KASTOMA_REFRESH_TOKEN_SECONDS: refresh } =
    variables;
  return [
    ...(secret !== undefined && keys !== undefined
      ? ['KASTOMA_TOKEN_KEYS and KASTOMA_TOKEN_SECRET: one of them is wanted.']
      : []),
    ...(algorithm !== undefined && secret !== undefined && algorithm !== 'HS256'
      ? [`KASTOMA_TOKEN_ALGORITHM: a KASTOMA_TOKEN_SECRET is for HS256, and not for ${algorithm}.`]
      : []),
    ...(algorithm !== undefined && keys !== undefined
      ? ['KASTOMA_TOKEN_ALGORITHM: KASTOMA_TOKEN_KEYS say their own; leave it out.']
      : []),
    ...(access >= refresh
      ? ['KASTOMA_ACCESS_TOKEN_SECONDS: fewer than KASTOMA_REFRESH_TOKEN_SECONDS are wanted.']
      : []),
  ];
}

function wholeNumber(least: number, most: number) {
  const wanted = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, wanted)
    .transform(Number)
    .refine((number) => number >= least && number <= most, wanted);
}
