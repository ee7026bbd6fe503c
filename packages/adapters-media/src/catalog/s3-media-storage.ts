import { createHash } from 'node:crypto';

import { AwsClient } from 'aws4fetch';

import { mediaTypeOf, type MediaKey, type MediaStorage } from '@kastoma/application/catalog';

import { MediaUnavailable } from './media-unavailable.ts';

export type S3Settings = {
  /** Such as `https://s3.eu-central-1.amazonaws.com`; the bucket is named in the path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How long an answer may take, and how often an overloaded server is asked again. */
  readonly patience?: { readonly milliseconds: number; readonly retries: number };
};

const STANDARD_PATIENCE = { milliseconds: 10_000, retries: 2 };
const FOR_A_YEAR = 'public, max-age=31536000, immutable';
/** Of S3's own: too fast, or not now. */
const NOT_NOW = [429, 500, 502, 503, 504];

/** Keeps files in a bucket that is spoken to as S3 is. Every request is signed (SigV4), its content too. */
export class S3MediaStorage implements MediaStorage {
  readonly #client: AwsClient;
  readonly #address: string;
  readonly #milliseconds: number;

  constructor(settings: S3Settings) {
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings;
    const { milliseconds, retries } = settings.patience ?? STANDARD_PATIENCE;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, service: 's3', region, retries });
    this.#address = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(bucket)}`;
    this.#milliseconds = milliseconds;
  }

  async store(key: MediaKey, bytes: Uint8Array): Promise<void> {
    const headers = { 'Content-Type': mediaTypeOf(key), 'Cache-Control': FOR_A_YEAR };
    const response = await this.#ask('PUT', key, { headers, body: bytes });
    await response.body?.cancel();
  }

  async read(key: MediaKey): Promise<Uint8Array | null> {
    const response = await this.#ask('GET', key);
    if (response.status !== 404) return this.#within(key, () => response.bytes());
    await response.body?.cancel();
    return null;
  }

  async delete(key: MediaKey): Promise<void> {
    const response = await this.#ask('DELETE', key);
    await response.body?.cancel();
  }

  /** Answers that are no failure; 404 is one where something is stored. */
  async #ask(
    method: 'GET' | 'PUT' | 'DELETE',
    key: MediaKey,
    { headers = {}, body }: { headers?: Record<string, string>; body?: Uint8Array } = {},
  ): Promise<Response> {
    const contentHash = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const response = await this.#within(key, () =>
      this.#client.fetch(`${this.#address}/${key}`, {
        method,
        headers: { ...headers, 'X-Amz-Content-Sha256': contentHash },
        aws: { allHeaders: true },
        signal: AbortSignal.timeout(this.#milliseconds),
        redirect: 'error',
        ...(body === undefined ? {} : { body: Buffer.from(body) }),
      }),
    );
    if (response.ok || (response.status === 404 && method !== 'PUT' && (await isNoKey(response)))) {
      return response;
    }
    const reason = `${method} ${key}: ${response.status} ${await response.text()}`;
    throw NOT_NOW.includes(response.status)
      ? new MediaUnavailable(reason)
      : new Error(`The media storage refused ${reason}`);
  }

  /** A network that fails says so in many ways, and each of them means that there is no answer now. */
  async #within<Answer>(key: MediaKey, ask: () => Promise<Answer>): Promise<Answer> {
    return ask().catch((error: unknown) => {
      throw new MediaUnavailable(`No answer for ${key}`, { cause: error });
    });
  }
}

/** A bucket that is not there is a mistake in the settings, and no missing file. */
async function isNoKey(response: Response): Promise<boolean> {
  return !(await response.clone().text()).includes('NoSuchBucket');
}
