import { z } from 'zod';

import { ENCRYPTION_KEY_BYTES } from '@kastoma/adapters-crypto';
import { SECOND_FACTOR_DUTIES, type SecondFactorPolicy } from '@kastoma/application/identity';

export type SecondFactorSettings = {
  /** Encrypts the secrets of authenticator apps. Null where one is made at the first start and kept in the data folder. */
  readonly encryptionKey: Buffer | null;
  /** They open what was encrypted before. */
  readonly previousEncryptionKeys: readonly Buffer[];
  readonly policy: SecondFactorPolicy;
};

const HEX = /^[0-9a-f]{64}$/i;
/** Either alphabet of RFC 4648, with or without padding. */
const BASE64 = /^[\w+/-]{43}=?$/;

/** Of random bytes of that number some 30 differ; fewer than 16 never do. */
const FEWEST_DIFFERENT_BYTES = 16;

const WANTED_KEY = 'a key of 32 random bytes, such as "openssl rand -base64 32" prints,';

/** Null where it is no key, or one that somebody made up. */
export function readEncryptionKey(text: string): Buffer | null {
  const isHex = HEX.test(text);
  if (!isHex && !BASE64.test(text)) return null;
  const key = Buffer.from(text, isHex ? 'hex' : 'base64');
  const isWhole = key.length === ENCRYPTION_KEY_BYTES;
  return isWhole && new Set(key).size >= FEWEST_DIFFERENT_BYTES ? key : null;
}

const keyField = z.string().transform((text, context): Buffer => {
  const key = readEncryptionKey(text.trim());
  if (key !== null) return key;
  context.addIssue({ code: 'custom', message: WANTED_KEY });
  return z.NEVER;
});

export const secondFactorVariables = {
  KASTOMA_ENCRYPTION_KEY: keyField.optional().meta({
    description:
      'encrypts the secrets of authenticator apps and webhooks, and signs guests’ tokens by a key derived from it; as `openssl rand -base64 32` prints it',
    secret: true,
    fallback: 'made once, kept in the data folder',
    production: 'wanted',
  }),
  KASTOMA_PREVIOUS_ENCRYPTION_KEYS: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(keyField))
    .optional()
    .meta({
      description: 'keys before it, with commas between; they open what they have closed',
      secret: true,
    }),
  KASTOMA_REQUIRE_SECOND_FACTOR: z.enum(SECOND_FACTOR_DUTIES).default('none').meta({
    description:
      '`staff` or `admin`: who can do nothing without one; `staff` is advised in production',
  }),
  KASTOMA_SECOND_FACTOR_ISSUER: z
    .string()
    .regex(/^[^:\p{Cc}]{1,64}$/u, 'a name of at most 64 characters without colons')
    .default('Kastoma')
    .meta({ description: 'what authenticator apps call the shop' }),
};

type SecondFactorVariables = z.output<z.ZodObject<typeof secondFactorVariables>>;

export function secondFactorSettingsOf(variables: SecondFactorVariables): SecondFactorSettings {
  return {
    encryptionKey: variables.KASTOMA_ENCRYPTION_KEY ?? null,
    previousEncryptionKeys: variables.KASTOMA_PREVIOUS_ENCRYPTION_KEYS ?? [],
    policy: {
      requiredOf: variables.KASTOMA_REQUIRE_SECOND_FACTOR,
      issuer: variables.KASTOMA_SECOND_FACTOR_ISSUER,
    },
  };
}

/** A key in a folder would be another one in each replica, and gone with a container. */
export function secondFactorGapsOf(
  variables: SecondFactorVariables & { readonly KASTOMA_ENV: string },
): readonly string[] {
  const { KASTOMA_ENCRYPTION_KEY: key, KASTOMA_PREVIOUS_ENCRYPTION_KEYS: previous } = variables;
  if (key !== undefined) return [];
  return [
    ...(variables.KASTOMA_ENV === 'production'
      ? [
          `KASTOMA_ENCRYPTION_KEY: production wants one, the same for all replicas: ${WANTED_KEY} is wanted.`,
        ]
      : []),
    ...(previous === undefined
      ? []
      : [
          'KASTOMA_PREVIOUS_ENCRYPTION_KEYS: a KASTOMA_ENCRYPTION_KEY is wanted that follows them.',
        ]),
  ];
}
