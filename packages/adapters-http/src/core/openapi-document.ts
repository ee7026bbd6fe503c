import { OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';

import { holdersOf, type Permission } from '@kastoma/domain/identity';

import { COUNTED_HEADERS, documentRefusals, refusalsOf } from './documented-refusals.ts';
import type { Endpoint } from './endpoint.ts';
import {
  failureEnvelope,
  listEnvelope,
  problemDocument,
  successEnvelope,
} from './envelope.schemas.ts';
import { GUEST_TOKEN_HEADERS } from './guest-tokens.ts';
import { API_PREFIX } from './mount-endpoints.ts';
import { ALL_PROBLEM_STATUSES } from './problems.ts';
import { REQUEST_PROBLEM_STATUSES } from './request-problems.ts';
import { withSpokenExamples } from './spoken-examples.ts';

/** The API as OpenAPI 3.1 tells it: the very definitions that are mounted. */
export function openApiDocument(endpoints: readonly Endpoint[]): object {
  const documented = new OpenAPIHono();
  const registry = documented.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT or API key',
    description:
      'An access token, which signing in gives to people; or, for services, an API key (`kas_…`) that an administrator made at `api-keys`. It is read from the `Authorization` header and from nowhere else.',
  });
  documentRefusals(registry);
  for (const endpoint of endpoints) registry.registerPath(toRouteConfig(endpoint));
  const document = documented.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Kastoma',
      version: '1',
      description:
        'A headless commerce backend. Every answer stands in one envelope; the codes of errors are stable.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
    'x-error-codes': errorCodes(),
  });
  return withSpokenExamples(document);
}

function toRouteConfig(endpoint: Endpoint): RouteConfig {
  const { method, path, tag, summary, permission, alsoFor, params, query, body, form, upload } =
    endpoint;
  const mediaTypes = upload?.types ?? [
    form === undefined ? 'application/json' : 'multipart/form-data',
  ];
  return {
    method,
    path: `${API_PREFIX}${path}/`,
    operationId: operationId(endpoint),
    tags: [tag],
    summary,
    description: `For: ${describeHolders(endpoint)}.`,
    'x-permission': permission,
    ...(endpoint.deprecated === undefined
      ? {}
      : { deprecated: true, 'x-sunset': endpoint.deprecated.sunset }),
    ...(alsoFor === undefined ? {} : { 'x-also-for': alsoFor }),
    security: securityOf(permission),
    request: {
      ...(params === undefined ? {} : { params: params as never }),
      ...(query === undefined ? {} : { query }),
      headers: headersOf(endpoint),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: contentOf(mediaTypes, body) } }),
    },
    responses: {
      [endpoint.kind === 'single' ? endpoint.status : 200]: {
        description: endpoint.message,
        headers: COUNTED_HEADERS,
        content: answerOf(endpoint),
      },
      ...refusalsOf(endpoint),
      default: {
        description: 'Any other error, in the same envelope.',
        content: {
          'application/json': { schema: failureEnvelope },
          'application/problem+json': { schema: problemDocument },
        },
      },
    },
  };
}

function answerOf(endpoint: Endpoint) {
  switch (endpoint.kind) {
    case 'stream':
      return contentOf(EVENT_STREAM, z.string());
    case 'file':
      return contentOf(endpoint.types, FILE);
    case 'list':
      return contentOf(JSON_ALONE, listEnvelope(endpoint.answer));
    case 'single':
      return contentOf(JSON_ALONE, successEnvelope(endpoint.answer));
  }
}

const JSON_ALONE = ['application/json'];
const EVENT_STREAM = ['text/event-stream'];
const FILE = z.string().openapi({ format: 'binary' });

function contentOf(types: readonly string[], schema: z.ZodType) {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** Those who come for new tokens are not asked for the old one; guests may leave it out elsewhere. */
function securityOf(permission: Permission) {
  if (permission === 'account.open') return [];
  const isPublic = holdersOf(permission).includes('guest');
  return isPublic ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

/** Whoever may call it; of services, those whose key was made for it. */
function describeHolders({ permission, alsoFor }: Endpoint): string {
  const people = holdersOf(permission).filter((holder) => holder !== 'service');
  const scope = holdersOf(permission).includes('service') ? permission : alsoFor;
  return [...people, ...(scope === undefined ? [] : [`services with \`${scope}\``])].join(', ');
}

function headersOf({ kind, idempotencyKey, ifMatch, method, guestToken }: Endpoint) {
  return z.object({
    ...(guestToken === undefined ? {} : guestTokenHeader(guestToken)),
    ...(idempotencyKey === undefined
      ? {}
      : {
          'Idempotency-Key':
            idempotencyKey === 'required'
              ? z.string().min(1).max(255)
              : z.string().min(1).max(255).optional(),
        }),
    ...(ifMatch === undefined
      ? {}
      : { 'If-Match': ifMatch === 'required' ? z.string() : z.string().optional() }),
    ...(kind === 'stream' ? { 'Last-Event-ID': z.string().optional() } : {}),
    ...(method === 'get' && kind !== 'stream' ? { 'If-None-Match': z.string().optional() } : {}),
  });
}

function guestTokenHeader(kind: keyof typeof GUEST_TOKEN_HEADERS) {
  const { name, description } = GUEST_TOKEN_HEADERS[kind];
  return { [name]: z.string().optional().openapi({ description }) };
}

/** `post /cart/add_item` is `postCartAddItem`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Every code that an error may have, with its status. Codes are stable; wording is not. */
export function errorCodes(): Readonly<Record<string, number>> {
  const codes = {
    ...REQUEST_PROBLEM_STATUSES,
    ...ALL_PROBLEM_STATUSES,
    'service.internal_error': 500,
  };
  return Object.fromEntries(Object.entries(codes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
