import { OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi';

import { holdersOf } from '@kastoma/domain/identity';

import type { Endpoint } from './endpoint.ts';
import {
  failureEnvelope,
  listEnvelope,
  problemDocument,
  successEnvelope,
} from './envelope.schemas.ts';
import { API_PREFIX } from './mount-endpoints.ts';
import { ALL_PROBLEM_STATUSES } from './problems.ts';
import { REQUEST_PROBLEM_STATUSES } from './request-problems.ts';

/** The API as OpenAPI 3.1 tells it: the very definitions that are mounted. */
export function openApiDocument(endpoints: readonly Endpoint[]): object {
  const documented = new OpenAPIHono();
  const registry = documented.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  for (const endpoint of endpoints) registry.registerPath(toRouteConfig(endpoint));
  return documented.getOpenAPI31Document({
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
}

function toRouteConfig(endpoint: Endpoint): RouteConfig {
  const { method, path, tag, summary, permission, params, query, body } = endpoint;
  const holders: readonly string[] = holdersOf(permission);
  const isPublic = holders.includes('guest');
  return {
    method,
    path: `${API_PREFIX}${path}/`,
    operationId: operationId(endpoint),
    tags: [tag],
    summary,
    description: `For: ${holders.join(', ')}.`,
    security: isPublic ? [{}, { bearer: [] }] : [{ bearer: [] }],
    request: {
      ...(params === undefined ? {} : { params: params as never }),
      ...(query === undefined ? {} : { query }),
      headers: headersOf(endpoint),
      ...(body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [endpoint.kind === 'list' ? 200 : endpoint.status]: {
        description: endpoint.message,
        content: {
          'application/json': {
            schema:
              endpoint.kind === 'list'
                ? listEnvelope(endpoint.answer)
                : successEnvelope(endpoint.answer),
          },
        },
      },
      default: {
        description: 'An error, in the same envelope.',
        content: {
          'application/json': { schema: failureEnvelope },
          'application/problem+json': { schema: problemDocument },
        },
      },
    },
  };
}

function headersOf({ idempotencyKey, ifMatch, method, kind }: Endpoint) {
  return z.object({
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
    ...(method === 'get' && kind === 'single' ? { 'If-None-Match': z.string().optional() } : {}),
  });
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
