import { afterAll, beforeAll, expect, it } from 'vitest';

import { openS3Server, type S3Server } from '@kastoma/adapters-media/testing';

import type { Client } from './client.ts';
import { stockMug } from './goods.ts';
import { grayPng } from './pictures.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Product } from './wire.ts';

type Image = { readonly url: string; readonly renditions: readonly { readonly url: string }[] };

const CDN = 'https://cdn.example.com/shop';

let bucket: S3Server;
let shop: TestShop;
let staff: Client;
let mug: Product;

beforeAll(async () => {
  bucket = await openS3Server();
  const { endpoint, bucket: name, region, accessKeyId, secretAccessKey } = bucket.settings;
  shop = await openTestShop({
    KASTOMA_WORKER: 'separate',
    KASTOMA_S3_ENDPOINT: endpoint,
    KASTOMA_S3_BUCKET: name,
    KASTOMA_S3_REGION: region,
    KASTOMA_S3_ACCESS_KEY_ID: accessKeyId,
    KASTOMA_S3_SECRET_ACCESS_KEY: secretAccessKey,
    KASTOMA_MEDIA_URL: CDN,
  });
  staff = await shop.hire('staff');
  mug = await stockMug(staff);
});

afterAll(() => shop.close());

function upload(): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([grayPng(20, 10)]));
  return fetch(`${shop.url}/api/v1/products/${mug.slug}/images/`, {
    method: 'POST',
    body: form,
    headers: { Authorization: `Bearer ${staff.account.access}` },
  });
}

it('an image lies in the bucket, is named as the world reaches it, and the shop can serve it too', async () => {
  const answer = await upload();
  expect(answer.status).toBe(201);
  const { data } = (await answer.json()) as { data: readonly [Image] };
  const urls = [data[0].url, ...data[0].renditions.map(({ url }) => url)];
  for (const url of urls) {
    expect(url).toMatch(/^https:\/\/cdn\.example\.com\/shop\/images\/[0-9a-f-]{36}\/\w+\.\w+$/);
    const key = url.slice(CDN.length + 1);
    const { endpoint, bucket: name } = bucket.settings;
    const [stored, served] = await Promise.all([
      fetch(`${endpoint}/${name}/${key}`),
      fetch(`${shop.url}/media/${key}`),
    ]);
    expect([stored.status, served.status]).toEqual([200, 200]);
    expect(await served.text()).toBe(await stored.text());
  }
});

/** The last one: it ends the bucket. */
it('an image that cannot be stored for now is no image, and the client hears that it may try again', async () => {
  await bucket.close();
  const answer = await upload();
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  const { data } = await staff.get<readonly Image[]>(`/products/${mug.slug}/images/`).expect(200);
  expect(data).toHaveLength(1);
  const [row] = await shop.database`
    select count(*)::int as unused from catalog.media_uploads where not is_shown
  `;
  expect(row).toEqual({ unused: 1 });
});
