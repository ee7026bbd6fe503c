import { z } from 'zod';

/** A bucket that is spoken to as S3 is. */
export type BucketSettings = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Where images are kept, and where they and the files of our pages are served from. */
export type MediaSettings = {
  /** Null for files in the data folder. */
  readonly bucket: BucketSettings | null;
  /** Without a slash at its end. Null for the API itself. */
  readonly publicUrl: string | null;
  /** Without a slash at its end. Null for the API itself. */
  readonly assetUrl: string | null;
};

const address = z
  .string()
  .refine(isPlainAddress, 'an address such as https://media.example.com')
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();
const secret = z.string().min(1).max(1_000).optional();

export const mediaVariables = {
  KASTOMA_MEDIA_URL: address.meta({
    description: 'where images are served from, such as a CDN before the bucket',
    fallback: '`/media` of the API',
  }),
  KASTOMA_ASSET_URL: address.meta({
    description: 'a CDN that fetches scripts and styles of our pages from the API',
    fallback: '`/assets` of the API',
  }),
  KASTOMA_S3_ENDPOINT: address.meta({
    description: 'keeps images in a bucket (S3 and its like)',
    fallback: '`media/` of the data folder',
  }),
  KASTOMA_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
    .optional()
    .meta({ description: 'the name of the bucket' }),
  KASTOMA_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'a region such as eu-central-1')
    .default('us-east-1')
    .meta({ description: 'its region' }),
  KASTOMA_S3_ACCESS_KEY_ID: secret.meta({ description: 'its key', secret: true }),
  KASTOMA_S3_SECRET_ACCESS_KEY: secret.meta({
    description: 'its key, the half that nobody may know',
    secret: true,
  }),
};

type MediaVariables = z.output<z.ZodObject<typeof mediaVariables>>;

const BUCKET_VARIABLES = [
  'KASTOMA_S3_BUCKET',
  'KASTOMA_S3_ACCESS_KEY_ID',
  'KASTOMA_S3_SECRET_ACCESS_KEY',
] as const;

export function mediaSettingsOf(variables: MediaVariables): MediaSettings {
  const {
    KASTOMA_S3_ENDPOINT: endpoint,
    KASTOMA_S3_BUCKET: bucket,
    KASTOMA_S3_REGION: region,
    KASTOMA_S3_ACCESS_KEY_ID: accessKeyId,
    KASTOMA_S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = variables;
  const isWhole =
    endpoint !== undefined &&
    bucket !== undefined &&
    accessKeyId !== undefined &&
    secretAccessKey !== undefined;
  return {
    bucket: isWhole ? { endpoint, bucket, region, accessKeyId, secretAccessKey } : null,
    publicUrl: variables.KASTOMA_MEDIA_URL ?? null,
    assetUrl: variables.KASTOMA_ASSET_URL ?? null,
  };
}

/** What is missing of a bucket: images that are kept somewhere else than was meant are lost. */
export function mediaGapsOf(variables: MediaVariables): readonly string[] {
  const isNamed = variables.KASTOMA_S3_ENDPOINT !== undefined;
  if (!isNamed && BUCKET_VARIABLES.every((name) => variables[name] === undefined)) return [];
  return isNamed && mediaSettingsOf(variables).bucket !== null
    ? []
    : [
        'KASTOMA_S3_ENDPOINT: it is wanted with KASTOMA_S3_BUCKET, KASTOMA_S3_ACCESS_KEY_ID and KASTOMA_S3_SECRET_ACCESS_KEY (or their files), or none of them.',
      ];
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  const isPlain = username === '' && search === '' && hash === '';
  return ['http:', 'https:'].includes(protocol) && isPlain;
}
