import type { OpenAPIHono } from '@hono/zod-openapi';

import type { Endpoint } from './endpoint.ts';

type Registry = OpenAPIHono['openAPIRegistry'];
type Reference = { readonly $ref: string };
type References = Readonly<Record<string, Reference>>;

const HEADERS = {
  RateLimit:
    'How many requests of this class are left, and in how many seconds there is room for more: `"write";r=1199;t=60`. Left out where the shop counts nobody.',
  'RateLimit-Policy': 'How many requests of this class are taken in how many seconds.',
  'Retry-After': 'In how many seconds it is worth trying again.',
  'WWW-Authenticate': 'How to sign in.',
} as const;

type HeaderName = keyof typeof HEADERS;

const COUNTED: readonly HeaderName[] = ['RateLimit', 'RateLimit-Policy'];

type DocumentedRefusal = {
  readonly name: string;
  readonly description: string;
  readonly headers?: readonly HeaderName[];
  /** Which routes give it before they do anything; left out where all do. */
  readonly isOf?: (endpoint: Endpoint) => boolean;
};

const takesBody = ({ body }: Endpoint) => body !== undefined;
const readsVersion = ({ ifMatch }: Endpoint) => ifMatch !== undefined;
const readsKey = ({ idempotencyKey }: Endpoint) => idempotencyKey !== undefined;

/** What the frame around the routes refuses; what a route itself refuses is its own, and stands under `default`. */
const REFUSALS: Readonly<Record<string, DocumentedRefusal>> = {
  400: {
    name: 'Unreadable',
    description: 'A header is missing or malformed, or the body cannot be read as its media type.',
    isOf: (endpoint) => takesBody(endpoint) || readsVersion(endpoint) || readsKey(endpoint),
  },
  401: {
    name: 'NotSignedIn',
    description: 'The right is nobody’s who is not signed in, or the token is not good any more.',
    headers: ['WWW-Authenticate'],
    // Those who come for new tokens are not asked for the old one.
    isOf: ({ permission }) => permission !== 'account.open',
  },
  403: {
    name: 'NotAllowed',
    description: 'Whoever asks lacks the right, or asks without HTTPS where it is wanted.',
  },
  404: {
    name: 'NotFound',
    description: 'There is nothing under this address, or nothing of yours.',
    isOf: ({ params }) => params !== undefined,
  },
  406: { name: 'NotAcceptable', description: 'Answers are JSON, and the client takes none.' },
  412: {
    name: 'Stale',
    description: '`If-Match` names another version than the one that stands.',
    isOf: readsVersion,
  },
  413: { name: 'TooLarge', description: 'The body is too large.', isOf: takesBody },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is of another media type than the one documented.',
    isOf: takesBody,
  },
  422: {
    name: 'Invalid',
    description: 'The request was read and does not fit the schema, or breaks a rule of the shop.',
  },
  428: {
    name: 'VersionRequired',
    description: '`If-Match` is required here.',
    isOf: ({ ifMatch }) => ifMatch === 'required',
  },
  429: {
    name: 'TooManyRequests',
    description: 'More requests than the shop takes from one network or account.',
    headers: [...COUNTED, 'Retry-After'],
  },
  503: {
    name: 'Unavailable',
    description:
      'The shop cannot answer right now: its database is out of reach, or there is no room for one more export or stream.',
    headers: ['Retry-After'],
  },
};

const CONTENT = {
  'application/json': { schema: { $ref: '#/components/schemas/Failure' } },
  'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDocument' } },
};

/** Writes down once what the frame refuses, for all routes to refer to. */
export function documentRefusals(registry: Registry): void {
  for (const [name, description] of Object.entries(HEADERS))
    registry.registerComponent('headers', name, { description, schema: { type: 'string' } });
  for (const { name, description, headers = [] } of Object.values(REFUSALS)) {
    const told = headers.length === 0 ? {} : { headers: refer('headers', headers) };
    registry.registerComponent('responses', name, { description, ...told, content: CONTENT });
  }
}

/** The refusals of one route, by status. */
export function refusalsOf(endpoint: Endpoint): References {
  const own = Object.entries(REFUSALS).filter(([, { isOf }]) => isOf?.(endpoint) ?? true);
  return Object.fromEntries(
    own.map(([status, { name }]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}

/** The headers of every answer to a request that was counted. */
export const COUNTED_HEADERS: References = refer('headers', COUNTED);

function refer(kind: string, names: readonly string[]): References {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${kind}/${name}` }]));
}
