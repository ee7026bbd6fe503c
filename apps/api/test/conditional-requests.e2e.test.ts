import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Order } from './wire.ts';

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

async function tagOf(client: Client, path: string): Promise<string> {
  const { headers } = await client.get(path).expect(200);
  return headers.get('etag') ?? '';
}

describe('reading what one has seen', () => {
  it('costs nothing while it is the same, however the tag is spelt', async () => {
    const mug = await stockMug(staff);
    const path = `/products/${mug.id}/`;
    const tag = await tagOf(shop.guest, path);
    expect(tag).toMatch(/^"v1-[\w-]{16}"$/);
    for (const seen of [tag, `W/${tag}`, '*', `"other", ${tag}`]) {
      const { text, headers } = await shop.guest.get(path, { 'If-None-Match': seen }).expect(304);
      expect(text).toBe('');
      expect(headers.get('etag')).toBe(tag);
      expect(headers.get('cache-control')).toBe('private, no-cache');
    }
    await shop.guest.get(path, { 'If-None-Match': '"v1-somethingelse"' }).expect(200);
  });

  it('tells of a change on screen even when the version stays', async () => {
    const mug = await stockMug(staff, { stock: 1 });
    const path = `/products/${mug.id}/`;
    const tag = await tagOf(shop.guest, path);
    const buyer = await shop.signUp('fast');
    await buyer.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    await buyer.post('/orders/', CHECKOUT, newKey()).expect(201);

    const { headers } = await shop.guest.get(path, { 'If-None-Match': tag }).expect(200);
    expect(headers.get('etag')).not.toBe(tag);
    expect(headers.get('etag')).toMatch(/^"v1-/);
  });

  it('every single thing has a tag', async () => {
    const mug = await stockMug(staff);
    const buyer = await shop.signUp('tagged');
    await buyer.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    const { data: order, headers } = await buyer
      .post<Order>('/orders/', CHECKOUT, newKey())
      .expect(201);
    expect(headers.get('etag')).toBe(await tagOf(buyer, `/orders/${order.id}/`));
    const paths = ['/users/me/', '/cart/', '/cart/quote/', `/products/${mug.slug}/`];
    for (const path of paths) expect(await tagOf(buyer, path)).toMatch(/^"v\d+-[\w-]{16}"$/);
    const stock = `/variants/${onlyVariant(mug).id}/stock/`;
    expect(await tagOf(staff, stock)).toMatch(/^"v\d+-[\w-]{16}"$/);
  });
});

describe('changing what one has seen', () => {
  async function filledCart(name: string) {
    const mug = await stockMug(staff);
    const client = await shop.signUp(name);
    const { data: cart, headers } = await client
      .post<Cart>('/cart/add_item/', { product_id: mug.id, quantity: 1 })
      .expect(200);
    const tag = headers.get('etag') ?? '';
    return { client, cart, tag, item: `/cart/items/${cart.items[0]?.id}/` };
  }

  it('works on the version that was read, by its version part alone', async () => {
    const { client, tag, item } = await filledCart('first');
    const { headers } = await client.patch(item, { quantity: 2 }, { 'If-Match': tag }).expect(200);
    const next = headers.get('etag') ?? '';
    expect(next).not.toBe(tag);
    const version = /^"v\d+/.exec(next)?.[0];
    await client.patch(item, { quantity: 3 }, { 'If-Match': `${version}-older_hash"` }).expect(200);
    await client.patch(item, { quantity: 4 }, { 'If-Match': '*' }).expect(200);
  });

  it('is refused on every write when somebody was faster, and nothing changes', async () => {
    const { client, tag, item } = await filledCart('second');
    const { data: now, headers } = await client.patch<Cart>(item, { quantity: 2 }).expect(200);
    const stale = { 'If-Match': tag };
    const answers = [
      await client.patch(item, { quantity: 9 }, stale).refused(412, 'core.stale_version'),
      await client.delete(item, stale).refused(412, 'core.stale_version'),
      await client.delete('/cart/', stale).refused(412, 'core.stale_version'),
      await client
        .put('/cart/shipping/', { method: 'express' }, stale)
        .refused(412, 'core.stale_version'),
    ];
    for (const { error } of answers) {
      expect(error.detail).toEqual({ current_version: now.version });
    }
    expect(await tagOf(client, '/cart/')).toBe(headers.get('etag'));
  });

  it('is refused on the next cart by the tag of one that was ordered', async () => {
    const { client, tag } = await filledCart('returning');
    const { data: order } = await client.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);
    expect(order.items).toHaveLength(1);
    const { data: empty } = await client.get<Cart>('/cart/').expect(200);
    expect(empty).toMatchObject({ id: null, version: 2, items: [] });
    const stale = { 'If-Match': tag };
    await client.delete('/cart/', stale).refused(412, 'core.stale_version');

    const mug = await stockMug(staff);
    const { data: refilled } = await client
      .post<Cart>('/cart/add_item/', { product_id: mug.id, quantity: 1 })
      .expect(200);
    expect(refilled.version).toBe(3);
    const item = `/cart/items/${refilled.items[0]?.id}/`;
    await client.patch(item, { quantity: 9 }, stale).refused(412, 'core.stale_version');
    await client.delete('/cart/', stale).refused(412, 'core.stale_version');
    expect((await client.get<Cart>('/cart/').expect(200)).data.item_count).toBe(1);
  });

  it('takes no tag that the shop never gave', async () => {
    const { client, item } = await filledCart('third');
    for (const nonsense of ['v1', '"1"', '"v1x"', '"v99999999999"', '""', '"v1-a", "v2-b"']) {
      const { error } = await client
        .patch(item, { quantity: 2 }, { 'If-Match': nonsense })
        .refused(400, 'request.malformed_header');
      expect(error.path).toBe('If-Match');
    }
  });
});
