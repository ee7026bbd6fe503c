import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { OpenAPIHono } from '@hono/zod-openapi';

import { hasSeen, hashOf } from '../core/entity-tag.ts';
import type { RequestScope } from '../core/request-scope.ts';

/** What a page loads: a file, or a text of ours. */
export type AssetSource = { readonly file: string } | { readonly text: string };

/** How a page names an asset: its address changes with what is in it, and a browser takes nothing else for it. */
export type AssetReference = { readonly url: string; readonly integrity: string };

type Encoding = 'br' | 'gzip' | 'identity';
type Bytes = Uint8Array<ArrayBuffer>;
type Asset = AssetReference & {
  readonly path: string;
  readonly type: string;
  readonly tag: string;
  readonly bodies: Readonly<Record<Encoding, Bytes>>;
};

const ASSETS_URL = '/assets';
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
/** Good enough for what is done once while somebody waits; a bundle holds better ones. */
const QUALITY_AT_ONCE = 5;
const SUFFIXES = { br: '.br', gzip: '.gz' };

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** Assets of one page, read when they are first asked for and kept. */
export class StaticAssets {
  readonly #sources: Readonly<Record<string, AssetSource>>;
  readonly #origin: string;
  #read: Promise<ReadonlyMap<string, Asset>> | null = null;

  /** `baseUrl` is the CDN that fetches them from here, without a slash at its end. */
  constructor(sources: Readonly<Record<string, AssetSource>>, baseUrl = '') {
    this.#sources = sources;
    this.#origin = baseUrl;
  }

  /** Where it is, by the name that it was given. */
  async reference(name: string): Promise<AssetReference> {
    const asset = (await this.#all()).get(name);
    if (asset === undefined) throw new Error(`There is no asset ${name}.`);
    return { url: asset.url, integrity: asset.integrity };
  }

  /** By its address in this process. */
  async at(path: string): Promise<Asset | null> {
    const all = await this.#all();
    return [...all.values()].find((asset) => asset.path === path) ?? null;
  }

  async #all(): Promise<ReadonlyMap<string, Asset>> {
    this.#read ??= readAssets(this.#sources, this.#origin);
    return this.#read;
  }
}

/** Serves them under names that are never used for anything else, so that nobody needs to ask twice. */
export function mountAssets(app: OpenAPIHono<RequestScope>, assets: StaticAssets): void {
  app.get(`${ASSETS_URL}/:file`, async (context, next) => {
    const asset = await assets.at(`${ASSETS_URL}/${context.req.param('file')}`);
    // Another page may have it.
    if (asset === null) return next();
    const headers = {
      ETag: asset.tag,
      Vary: 'Accept-Encoding',
      'Cache-Control': 'public, max-age=31536000, immutable',
      // A CDN has another origin than the page.
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    if (hasSeen(context.req.header('if-none-match'), asset.tag))
      return context.body(null, 304, headers);
    const encoding = encodingFor(context.req.header('accept-encoding') ?? '');
    return context.body(asset.bodies[encoding], 200, {
      ...headers,
      'Content-Type': asset.type,
      ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
    });
  });
}

/** RFC 9110, 12.5.3; the smallest of those that are not refused. */
function encodingFor(accepted: string): Encoding {
  const offers = accepted.split(',').map((offer) => offer.trim().toLowerCase());
  const takes = (name: string) =>
    offers.some((offer) => new RegExp(`^${name}(?:;q=(?!0(?:\\.0*)?$)[\\d.]+)?$`).test(offer));
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
}

async function readAssets(
  sources: Readonly<Record<string, AssetSource>>,
  origin: string,
): Promise<ReadonlyMap<string, Asset>> {
  const read = Object.entries(sources).map(async ([name, source]) => {
    const bytes = 'text' in source ? bytesOf(source.text) : await bytesIn(source.file);
    const hash = hashOf(bytes);
    const extension = extname(name);
    const path = `${ASSETS_URL}/${name.slice(0, -extension.length)}.${hash}${extension}`;
    const [br, gzipped] = await Promise.all([
      compressed(source, bytes, 'br'),
      compressed(source, bytes, 'gzip'),
    ]);
    const asset: Asset = {
      path,
      url: `${origin}${path}`,
      integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
      type: TYPES[extension] ?? 'application/octet-stream',
      tag: `"${hash}"`,
      bodies: { identity: bytes, br, gzip: gzipped },
    };
    return [name, asset] as const;
  });
  return new Map(await Promise.all(read));
}

/** As it lies beside the file where somebody has put it there, else made now. */
async function compressed(
  source: AssetSource,
  bytes: Bytes,
  encoding: 'br' | 'gzip',
): Promise<Bytes> {
  const kept = 'file' in source ? await bytesIfIn(`${source.file}${SUFFIXES[encoding]}`) : null;
  if (kept !== null) return kept;
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY_AT_ONCE };
  return bytesOf(
    encoding === 'br' ? await compressBrotli(bytes, { params }) : await compressGzip(bytes),
  );
}

async function bytesIfIn(file: string): Promise<Bytes | null> {
  try {
    return await bytesIn(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function bytesIn(file: string): Promise<Bytes> {
  return bytesOf(await readFile(file));
}

function bytesOf(content: string | Uint8Array): Bytes {
  return new Uint8Array(typeof content === 'string' ? Buffer.from(content) : content);
}
