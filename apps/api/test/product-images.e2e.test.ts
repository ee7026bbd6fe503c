import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { newKey, stockMug } from './goods.ts';
import { grayPng } from './pictures.ts';
import { readFingerprint } from './stored-data.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Product } from './wire.ts';

type Image = {
  readonly id: string;
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly renditions: readonly { width: number; height: number; format: string; url: string }[];
};
type Told = {
  readonly status: number;
  readonly headers: Headers;
  readonly data: readonly Image[];
  readonly errors: readonly { readonly code: string; readonly path: string | null }[] | null;
};

let shop: TestShop;
let staff: Client;
let product: Product;
let path: string;

beforeAll(async () => {
  shop = await openTestShop({ KASTOMA_WORKER: 'separate' });
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

beforeEach(async () => {
  product = await stockMug(staff);
  path = `/products/${product.id}/images/`;
});

/** Held against the document like every other answer. */
async function upload(
  bytes: Uint8Array<ArrayBuffer> | null,
  alt?: string,
  headers: Record<string, string> = {},
): Promise<Told> {
  const form = new FormData();
  if (bytes !== null) form.append('file', new Blob([bytes]), '../../etc/passwd.svg');
  if (alt !== undefined) form.append('alt', alt);
  const response = await fetch(`${shop.url}/api/v1${path}`, {
    method: 'POST',
    body: form,
    headers: { Authorization: `Bearer ${staff.account.access}`, ...headers },
  });
  const body = (await response.json()) as Pick<Told, 'data' | 'errors'>;
  staff.contract.check({
    method: 'POST',
    path: `/api/v1${path}`,
    requestBody: undefined,
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body,
  });
  return { ...body, status: response.status, headers: response.headers };
}

async function uploaded(count: number): Promise<readonly string[]> {
  for (let index = 0; index < count; index += 1)
    expect((await upload(grayPng(8, 8), `${index}`)).status).toBe(201);
  const { data } = await staff.get<readonly Image[]>(path).expect(200);
  return data.map(({ id }) => id);
}

async function shown(): Promise<readonly string[]> {
  const { data } = await shop.guest.get<readonly Image[]>(path).expect(200);
  return data.map(({ alt }) => alt);
}

async function version(): Promise<string> {
  return (await staff.get(path)).headers.get('etag') ?? '';
}

describe('an image that is uploaded', () => {
  it('is shown with its product, and served in all its sizes', async () => {
    const { data, headers } = await upload(grayPng(900, 450), 'Größe 😀');
    const [image] = data as [Image];
    expect(image).toMatchObject({ alt: 'Größe 😀', width: 900, height: 450 });
    expect(image.renditions.map(({ width, format }) => [width, format])).toEqual([
      [320, 'webp'],
      [640, 'webp'],
      [900, 'webp'],
    ]);
    expect(headers.get('etag')).toMatch(/^"v2-/);
    const { data: read } = await shop.guest.get<Product>(`/products/${product.slug}/`).expect(200);
    expect(read).toMatchObject({ images: [image], primary_image: image, version: 2 });
    for (const [url, type] of [
      [image.url, 'image/jpeg'],
      ...image.renditions.map((rendition) => [rendition.url, 'image/webp']),
    ] as const) {
      const served = await fetch(`${shop.url}${url}`);
      expect([served.status, served.headers.get('content-type')]).toEqual([200, type]);
      expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(served.headers.get('x-content-type-options')).toBe('nosniff');
      const tag = served.headers.get('etag') ?? '';
      const again = await fetch(`${shop.url}${url}`, { headers: { 'If-None-Match': tag } });
      expect(again.status).toBe(304);
    }
  });

  it('is uploaded once under one key, and another one is not', async () => {
    const key = newKey();
    const first = await upload(grayPng(8, 8), 'one', key);
    const again = await upload(grayPng(8, 8), 'one', key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.data).toEqual(first.data);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await upload(grayPng(9, 9), 'one', key);
    expect([other.status, other.errors?.[0]?.code]).toEqual([422, 'core.idempotency_key_reused']);
    expect(await shown()).toEqual(['one']);
  });

  it('of many at once loses none', async () => {
    const uploads = await Promise.all([1, 2, 3, 4].map(() => upload(grayPng(40, 40))));
    expect(uploads.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(await shown()).toHaveLength(4);
  });
});

describe('what is refused', () => {
  const png = grayPng(30, 30);

  it.each<[string, number, string, Uint8Array<ArrayBuffer> | null, string?]>([
    ['no file', 422, 'request.missing_field', null, 'alone'],
    ['an empty one', 415, 'catalog.unsupported_image_type', new Uint8Array()],
    ['a script', 415, 'catalog.unsupported_image_type', Buffer.from('<script>alert(1)</script>')],
    ['a drawing', 415, 'catalog.unsupported_image_type', Buffer.from('<svg xmlns="…"/>')],
    ['half a picture', 422, 'catalog.unreadable_image', png.subarray(0, 50)],
    ['a bomb', 422, 'catalog.too_many_pixels', grayPng(30, 30, { width: 30_000, height: 30_000 })],
    ['more than 10 MiB', 413, 'request.too_large', new Uint8Array(10_485_761)],
    ['a long text', 422, 'core.invalid_text', png, 'x'.repeat(501)],
    ['a longer text', 413, 'request.too_large', png, 'x'.repeat(11_000_000)],
  ])('leaves nothing behind: %s', async (_name, status, code, bytes, alt) => {
    const before = await readFingerprint(shop.database);
    const refused = await upload(bytes, alt);
    expect([refused.status, refused.errors?.[0]?.code]).toEqual([status, code]);
    expect(await readFingerprint(shop.database)).toEqual(before);
  });

  it('is an upload to a product that somebody else has changed, or that is not there', async () => {
    expect((await upload(png, '', { 'If-Match': '"v7"' })).status).toBe(412);
    path = `/products/${crypto.randomUUID()}/images/`;
    expect((await upload(png)).status).toBe(404);
  });

  it('is JSON', async () => {
    const refusal = staff.send('POST', `/api/v1${path}`, { body: { file: 'a' } });
    expect((await refusal).status).toBe(415);
  });
});

describe('the images of a product', () => {
  it('are arranged, described and taken away, a version each time', async () => {
    const [one, two, three] = await uploaded(3);
    const order = { image_ids: [three, one, two] };
    const { headers } = await staff
      .put(`${path}order/`, order, { 'If-Match': await version() })
      .expect(200);
    expect(await shown()).toEqual(['2', '0', '1']);
    await staff
      .put(`${path}order/`, order, { 'If-Match': '"v1"' })
      .refused(412, 'core.stale_version');
    await staff
      .post(`${path}${two}/primary/`, undefined, { 'If-Match': headers.get('etag') ?? '' })
      .expect(200);
    await staff.patch(`${path}${two}/`, { alt: 'Front', position: 1 }).expect(200);
    expect(await shown()).toEqual(['2', 'Front', '0']);
    await staff.delete(`${path}${three}/`).expect(200);
    expect(await shown()).toEqual(['Front', '0']);
    await staff.delete(`${path}${three}/`).refused(404, 'catalog.image_not_found');
  });

  it('keep their order and their places against all nonsense', async () => {
    const [one, two] = await uploaded(2);
    for (const ids of [[one], [one, one], [one, two, crypto.randomUUID()]]) {
      await staff
        .put(`${path}order/`, { image_ids: ids })
        .refused(422, 'catalog.invalid_image_order');
    }
    for (const position of [-1, 2, 0.5, 1e300])
      await staff.patch(`${path}${one}/`, { position }).refused(422, 'catalog.invalid_position');
    await staff.patch(`${path}${one}/`, { url: '/x' }).refused(422, 'request.unknown_field');
    await staff.post(`${path}${crypto.randomUUID()}/primary/`, undefined).expect(404);
    expect(await shown()).toEqual(['0', '1']);
  });

  it('of a draft are shown to nobody but staff', async () => {
    const draft = await stockMug(staff, { status: 'draft' });
    await shop.guest.get(`/products/${draft.id}/images/`).refused(404, 'catalog.product_not_found');
    expect((await staff.get(`/products/${draft.id}/images/`)).data).toEqual([]);
  });
});

it('a shop serves the pictures of its seeds as before, and no other files', async () => {
  expect((await fetch(`${shop.url}/media/seed/teapot.svg`)).status).toBe(200);
  expect((await fetch(`${shop.url}/media/images/%2e%2e/token-keys.json`)).status).toBe(404);
  expect((await fetch(`${shop.url}/media/incoming/x`)).status).toBe(404);
});
