import { z } from 'zod';

/** A secret as it is, or the file that holds it. */
export type GivenSecret = { readonly text: string } | { readonly file: string };

/** A bucket that is spoken to as S3 is. */
export type BucketSettings = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: GivenSecret;
  readonly secretAccessKey: GivenSecret;
};

/** Where images are kept, and where they are served from. */
export type MediaSettings = {
  /** Null for files in the data folder. */
  readonly bucket: BucketSettings | null;
  /** Without a slash at its end. Null for the API itself. */
  readonly publicUrl: string | null;
};

const address = z
  .string()
  .refine(isPlainAddress, 'an address such as https://media.example.com')
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();
const secret = z.string().min(1).max(1_000).optional();

export const mediaVariables = {
  KASTOMA_MEDIA_URL: address,
  KASTOMA_S3_ENDPOINT: address,
  KASTOMA_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
    .optional(),
  KASTOMA_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'a region such as eu-central-1')
    .default('us-east-1'),
  KASTOMA_S3_ACCESS_KEY_ID: secret,
  KASTOMA_S3_ACCESS_KEY_ID_FILE: secret,
  KASTOMA_S3_SECRET_ACCESS_KEY: secret,
  KASTOMA_S3_SECRET_ACCESS_KEY_FILE: secret,
};

type MediaVariables = z.output<z.ZodObject<typeof mediaVariables>>;

const BUCKET_VARIABLES = [
  'KASTOMA_S3_BUCKET',
  'KASTOMA_S3_ACCESS_KEY_ID',
  'KASTOMA_S3_ACCESS_KEY_ID_FILE',
  'KASTOMA_S3_SECRET_ACCESS_KEY',
  'KASTOMA_S3_SECRET_ACCESS_KEY_FILE',
] as const;

export function mediaSettingsOf(variables: MediaVariables): MediaSettings {
  const { KASTOMA_S3_ENDPOINT: endpoint, KASTOMA_S3_BUCKET: bucket } = variables;
  const accessKeyId = given(variables, 'KASTOMA_S3_ACCESS_KEY_ID');
  const secretAccessKey = given(variables, 'KASTOMA_S3_SECRET_ACCESS_KEY');
  const isWhole =
    endpoint !== undefined &&
    bucket !== undefined &&
    accessKeyId !== null &&
    secretAccessKey !== null;
  return {
    bucket: isWhole
      ? { endpoint, bucket, region: variables.KASTOMA_S3_REGION, accessKeyId, secretAccessKey }
      : null,
    publicUrl: variables.KASTOMA_MEDIA_URL ?? null,
  };
}

/** What is missing of a bucket, or said twice: images that are kept somewhere else than was meant are lost. */
export function mediaGapsOf(variables: MediaVariables): readonly string[] {
  const twice = (['KASTOMA_S3_ACCESS_KEY_ID', 'KASTOMA_S3_SECRET_ACCESS_KEY'] as const)
    .filter((name) => variables[name] !== undefined && variables[`${name}_FILE`] !== undefined)
    .map((name) => `${name}: it is wanted as it is or as a file, and not both.`);
  const isNamed = variables.KASTOMA_S3_ENDPOINT !== undefined;
  if (!isNamed && BUCKET_VARIABLES.every((name) => variables[name] === undefined)) return twice;
  return isNamed && mediaSettingsOf(variables).bucket !== null
    ? twice
    : [
        ...twice,
        'KASTOMA_S3_ENDPOINT: it is wanted with KASTOMA_S3_BUCKET, KASTOMA_S3_ACCESS_KEY_ID and KASTOMA_S3_SECRET_ACCESS_KEY (or their files), or none of them.',
      ];
}

function given(
  variables: MediaVariables,
  name: 'KASTOMA_S3_ACCESS_KEY_ID' | 'KASTOMA_S3_SECRET_ACCESS_KEY',
): GivenSecret | null {
  const { [name]: text, [`${name}_FILE` as const]: file } = variables;
  if (text !== undefined) return { text };
  return file === undefined ? null : { file };
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  const isPlain = username === '' && search === '' && hash === '';
  return ['http:', 'https:'].includes(protocol) && isPlain;
}
