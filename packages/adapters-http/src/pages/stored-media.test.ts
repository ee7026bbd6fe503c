import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeAll, describe, expect, it } from 'vitest';

import type { MediaKey } from '@kastoma/application/catalog';
import { FakeMediaStorage } from '@kastoma/application/testing';

import { CLOSED_DOOR, openDoor } from '../core/door.ts';
import type { RequestScope } from '../core/request-scope.ts';
import { mountStoredMedia } from './stored-media.ts';

const IMAGE = 'images/0199c0de-0000-7000-8000-000000000001';
const app = new OpenAPIHono<RequestScope>();
/** Over a storage that gives a file to whatever name it is asked for. */
const everything = new OpenAPIHono<RequestScope>();

beforeAll(async () => {
  const storage = new FakeMediaStorage();
  await storage.store(`${IMAGE}/320.webp` as MediaKey, new Uint8Array([1, 2, 3]));
  app.use(openDoor(CLOSED_DOOR));
  mountStoredMedia(app, storage);
  everything.use(openDoor(CLOSED_DOOR));
  const readAnything = async () => new Uint8Array([4]);
  mountStoredMedia(everything, Object.assign(new FakeMediaStorage(), { read: readAnything }));
});

function get(path: string, headers: Record<string, string> = {}) {
  return app.request(`/media/${path}`, { headers });
}

describe('an uploaded picture', () => {
  it('is served as what it is, to everybody, for a year', async () => {
    const response = await get(`${IMAGE}/320.webp`);
    expect(response.status).toBe(200);
    expect([...(await response.bytes())]).toEqual([1, 2, 3]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('is not sent twice to whoever has it', async () => {
    const tag = (await get(`${IMAGE}/320.webp`)).headers.get('etag') ?? '';
    const again = await get(`${IMAGE}/320.webp`, { 'If-None-Match': tag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('cache-control')).toContain('immutable');
    expect((await get(`${IMAGE}/320.webp`, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('that is not there is not found, also by whoever had it', async () => {
    expect((await get(`${IMAGE}/640.webp`, { 'If-None-Match': '*' })).status).toBe(404);
  });

  it.each([
    'images/%2e%2e/secret',
    'images/..%2fsecret/320.webp',
    `${IMAGE}/..%2f..%2fsecret`,
    `${IMAGE}/320.webp%00.png`,
    `${IMAGE}/320.svg`,
    `${IMAGE.toUpperCase()}/320.webp`,
    `${IMAGE}/${'a'.repeat(1_000)}.webp`,
  ])('has no address such as %s', async (path) => {
    expect((await everything.request(`/media/${path}`)).status).toBe(404);
  });
});
