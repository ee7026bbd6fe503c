import { OpenAPIHono, z } from '@hono/zod-openapi';
import { errAsync, okAsync } from 'neverthrow';
import { expect, it } from 'vitest';

import { FakeAccessTokens, inMemoryShop } from '@kastoma/application/testing';

import { endpoint } from './endpoint.ts';
import { mountEndpoints, type CallDependencies } from './mount-endpoints.ts';
import { openApiDocument } from './openapi-document.ts';
import type { RequestScope } from './request-scope.ts';

const tea = {
  method: 'get' as const,
  path: '/tea',
  tag: 'Tea',
  summary: 'Have tea',
  permission: 'catalog.browse' as const,
  status: 200 as const,
  message: 'Tea',
  answer: z.string(),
  present: (drink: string) => drink,
  handle: () => okAsync('tea'),
};
const deprecated = { since: '2027-01-31', sunset: '2027-07-31', successor: '/coffee/' };

function open() {
  const { clock, ids } = inMemoryShop();
  const endpoints = [
    endpoint(tea),
    endpoint({ ...tea, path: '/old-tea', deprecated }),
    endpoint({
      ...tea,
      path: '/no-tea',
      deprecated: { since: '2027-01-31', sunset: '2027-07-31' },
      handle: () => errAsync({ code: 'core.stale_version' as const, currentVersion: 2 }),
    }),
  ];
  const app = new OpenAPIHono<RequestScope>();
  mountEndpoints(app, endpoints, {
    accessTokens: new FakeAccessTokens(),
    clock,
    ids,
  } as unknown as CallDependencies);
  return { app, document: openApiDocument(endpoints) };
}

it('a route that will go says so with each answer, and since when, and until when', async () => {
  const { app } = open();
  const { status, headers } = await app.request('/api/v1/old-tea');
  expect(status).toBe(200);
  expect(headers.get('deprecation')).toBe('@1801353600');
  expect(headers.get('sunset')).toBe('Sat, 31 Jul 2027 00:00:00 GMT');
  expect(headers.get('link')).toBe('</api/v1/coffee/>; rel="successor-version"');

  const refused = await app.request('/api/v1/no-tea');
  expect(refused.status).toBe(412);
  expect(refused.headers.get('sunset')).toBe('Sat, 31 Jul 2027 00:00:00 GMT');
  expect(refused.headers.get('link')).toBe(null);
  expect((await app.request('/api/v1/tea')).headers.has('deprecation')).toBe(false);
});

it('the document marks it, too', () => {
  const { paths } = open().document as { paths: Record<string, { get: object }> };
  expect(paths['/api/v1/old-tea/']?.get).toMatchObject({
    deprecated: true,
    'x-sunset': '2027-07-31',
  });
  expect(paths['/api/v1/tea/']?.get).not.toHaveProperty('deprecated');
});
