import { z } from '@hono/zod-openapi';
import { okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import { endpoint } from './endpoint.ts';
import { openApiDocument } from './openapi-document.ts';

type Reference = { readonly $ref: string };
type Response = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Reference>>;
};
type Document = {
  readonly paths: Readonly<
    Record<
      string,
      Record<
        string,
        {
          readonly responses: Readonly<Record<string, Response | Reference>>;
          readonly security: readonly object[];
        }
      >
    >
  >;
  readonly components: {
    readonly responses: Readonly<Record<string, Response>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, unknown>>;
  };
};

const common = {
  tag: 'Tea',
  summary: 'Tea',
  status: 200 as const,
  message: 'Tea',
  answer: z.string(),
  present: (tea: string) => tea,
  handle: () => okAsync('tea'),
};
const document = openApiDocument([
  endpoint({ ...common, method: 'get', path: '/tea', permission: 'catalog.browse' }),
  endpoint({
    ...common,
    method: 'put',
    path: '/tea/{id}',
    permission: 'catalog.manage',
    params: z.object({ id: z.string() }),
    body: z.object({ sugar: z.boolean() }),
    ifMatch: 'required',
  }),
  endpoint({
    ...common,
    method: 'delete',
    path: '/tea/{id}',
    permission: 'catalog.manage',
    params: z.object({ id: z.string() }),
    ifMatch: 'accepted',
  }),
  endpoint({
    ...common,
    method: 'post',
    path: '/auth/tea',
    permission: 'account.open',
    idempotencyKey: 'accepted',
  }),
]) as Document;

const documented = (method: string, path: string) =>
  Object.keys(document.paths[`/api/v1${path}/`]?.[method]?.responses ?? {}).join(' ');

describe('the refusals that a client has to reckon with', () => {
  it('stand beside each route by their status, where the route can give them', () => {
    expect(documented('get', '/tea')).toBe('200 401 403 406 422 429 503 default');
    expect(documented('put', '/tea/{id}')).toBe(
      '200 400 401 403 404 406 412 413 415 422 428 429 503 default',
    );
    expect(documented('delete', '/tea/{id}')).toBe(
      '200 400 401 403 404 406 412 422 429 503 default',
    );
    expect(documented('post', '/auth/tea')).toBe('200 400 403 406 422 429 503 default');
  });

  it('say when to come back, and every answer how much is left', () => {
    const headersOf = (response: Response | undefined) => Object.keys(response?.headers ?? {});
    const { responses } = document.components;
    expect(headersOf(responses['TooManyRequests'])).toEqual([
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
    ]);
    expect(headersOf(responses['Unavailable'])).toEqual(['Retry-After']);
    expect(headersOf(responses['NotSignedIn'])).toEqual(['WWW-Authenticate']);
    const read = document.paths['/api/v1/tea/']?.['get']?.responses['200'] as Response;
    expect(headersOf(read)).toEqual(['RateLimit', 'RateLimit-Policy']);
  });

  it('go with what is asked of whoever calls: a token, perhaps one, or none', () => {
    const security = (method: string, path: string) =>
      document.paths[`/api/v1${path}/`]?.[method]?.security;
    expect(security('put', '/tea/{id}')).toEqual([{ bearer: [] }]);
    expect(security('get', '/tea')).toEqual([{}, { bearer: [] }]);
    expect(security('post', '/auth/tea')).toEqual([]);
  });

  it('refer to nothing that is not there', () => {
    const references = JSON.stringify(document).matchAll(
      /"\$ref":"#\/components\/(\w+)\/([\w-]+)"/g,
    );
    for (const [, kind = '', name = ''] of references)
      expect(document.components[kind as keyof Document['components']]).toHaveProperty([name]);
    expect(Object.keys(document.components.responses)).toHaveLength(12);
  });
});
