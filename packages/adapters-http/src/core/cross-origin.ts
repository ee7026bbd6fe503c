/** Which pages in a browser may read answers. Nobody signs in by a cookie, so no credentials are ever allowed. */
export type CrossOriginSettings = {
  /** As browsers send them: `https://shop.example`. */
  readonly origins: readonly string[];
  /** Whether pages of this very machine may, on any port. */
  readonly localhost: boolean;
};

const LOCALHOST = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

const EXPOSED = [
  'ETag',
  'Link',
  'Location',
  'X-Request-Id',
  'X-Cart-Token',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotency-Replayed',
  'Deprecation',
  'Sunset',
].join(', ');

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': [
    'Accept',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-None-Match',
    'X-Cart-Token',
    'X-Order-Token',
    'X-Request-Id',
  ].join(', '),
  'Access-Control-Max-Age': '7200',
};

/** Asked only where a request names its origin. */
export class CrossOrigin {
  readonly #origins: ReadonlySet<string>;
  readonly #localhost: boolean;

  constructor({ origins, localhost }: CrossOriginSettings) {
    this.#origins = new Set(origins);
    this.#localhost = localhost;
  }

  admits(origin: string): boolean {
    return this.#origins.has(origin) || (this.#localhost && LOCALHOST.test(origin));
  }

  /** What lets the page read the answer; nothing for a page that may not. */
  headersFor(origin: string): Readonly<Record<string, string>> {
    return this.admits(origin)
      ? { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED }
      : {};
  }

  /** The answer to a browser that asks first. */
  preflightHeadersFor(origin: string): Readonly<Record<string, string>> {
    return this.admits(origin) ? { 'Access-Control-Allow-Origin': origin, ...PREFLIGHT } : {};
  }
}
