import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Product } from './wire.ts';

type Stock = {
  readonly location: string;
  readonly tracking: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly available: number | null;
  readonly in_stock: boolean;
  readonly version: number;
};
type Movement = {
  readonly id: string;
  readonly type: string;
  readonly on_hand_delta: number;
  readonly on_hand_after: number;
  readonly actor: string;
  readonly reason: string;
  readonly reference: string;
};

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

const DELIVERY = { type: 'purchase', quantity: 5, reason: 'Delivered', reference: 'note 4711' };

async function stockedMug(stock = 10): Promise<{ mug: Product; path: string }> {
  const mug = await stockMug(staff, { stock });
  return { mug, path: `/variants/${onlyVariant(mug).id}/stock/` };
}

describe('movements of stock', () => {
  it('are posted once a key, and read with who, why, before and after', async () => {
    const { path } = await stockedMug();
    const key = newKey();
    const { data } = await staff.post<Movement>(`${path}movements/`, DELIVERY, key).expect(201);
    expect(data).toMatchObject({
      type: 'purchase',
      on_hand_delta: 5,
      on_hand_before: 10,
      on_hand_after: 15,
      actor: `user:${staff.account.user.id}`,
      reason: 'Delivered',
      reference: 'note 4711',
    });
    const again = await staff.post<Movement>(`${path}movements/`, DELIVERY, key).expect(201);
    expect(again.data.id).toBe(data.id);
    expect((await staff.get<Stock>(path).expect(200)).data.on_hand).toBe(15);
    const page = await staff.get<Movement[]>(`${path}movements/?type=purchase`).expect(200);
    expect(page.data).toEqual([data]);
    expect(page.pagination).toMatchObject({ count: 1 });
  });

  it('are read on by links, to the first of them', async () => {
    const { path } = await stockedMug();
    for (const reason of ['one', 'two', 'three'])
      await staff.post(`${path}movements/`, { ...DELIVERY, reason }).expect(201);
    const reasons: string[] = [];
    let next: string | null = `/api/v1${path}movements/?cursor=&page_size=2`;
    while (next !== null) {
      const answer = await staff.get<Movement[]>(next.replace(/^.*\/api\/v1/, '')).expect(200);
      reasons.push(...answer.data.map(({ reason }) => reason));
      next = answer.pagination?.next ?? null;
    }
    expect(reasons).toEqual(['three', 'two', 'one', 'Initial stock']);
    await staff.get(`${path}movements/?cursor=nonsense`).expect(422);
  });

  it('that the books do not allow are refused', async () => {
    const { path } = await stockedMug(3);
    const post = (wishes: object) => staff.post(`${path}movements/`, { ...DELIVERY, ...wishes });
    const damage = { type: 'damage', quantity: 4 };
    const { error } = await post(damage).refused(409, 'inventory.stock_too_low');
    expect(error.detail).toEqual({ on_hand: -1, reserved: 0, lowest_available: 0 });
    for (const quantity of [0, -1, 0.5, 1e300])
      await post({ quantity }).refused(422, 'inventory.invalid_movement_quantity');
    await post({ quantity: 1e9 }).refused(422, 'inventory.invalid_stock');
    await post({ reason: '' }).refused(422, 'core.invalid_text');
    await post({ type: 'sale' }).expect(422);
    await post({ on_hand: 3 }).expect(422);
    const elsewhere = `${path}movements/?location=NOWHERE`;
    await staff.post(elsewhere, DELIVERY).refused(404, 'inventory.location_not_found');
    await staff.post(`${path}movements/?location=%3F`, DELIVERY).expect(422);
    const unknown = '/variants/0199c0de-0000-7000-8000-000000000000/stock/movements/';
    await staff.post(unknown, DELIVERY).refused(404, 'inventory.stock_not_found');
    expect((await staff.get<Stock>(path).expect(200)).data).toMatchObject({
      on_hand: 3,
      version: 1,
    });
  });
});

describe('a stock take', () => {
  it('is for the version that was read', async () => {
    const { path } = await stockedMug();
    const count = { on_hand: 8, reason: 'Counted' };
    await staff.put(path, count).refused(428, 'core.version_required');
    const tag = (await staff.get(path).expect(200)).headers.get('etag') ?? '';
    const counted = await staff.put<Stock>(path, count, { 'If-Match': tag }).expect(200);
    expect(counted.data).toMatchObject({ on_hand: 8, available: 8, version: 2, location: 'MAIN' });
    expect(counted.headers.get('etag')).toMatch(/^"v2-/);
    await staff.put(path, count, { 'If-Match': tag }).refused(412, 'core.stale_version');
  });

  it('that finds less than orders were promised is refused until backorders are on', async () => {
    const { mug, path } = await stockedMug(2);
    const buyer = await shop.signUp('promised');
    await buyer.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
    await buyer.post('/orders/', CHECKOUT, newKey()).expect(201);
    const any = { 'If-Match': '*' };
    const count = { on_hand: 1, reason: 'One is broken' };
    await staff.put(path, count, any).refused(409, 'inventory.stock_too_low');
    const both = { ...count, tracking: 'backorder', backorder_limit: 1 };
    expect((await staff.put<Stock>(path, both, any).expect(200)).data).toMatchObject({
      on_hand: 1,
      reserved: 2,
      available: -1,
      in_stock: false,
    });
    await staff
      .put(path, { tracking: 'tracked', reason: 'Too early' }, any)
      .refused(409, 'inventory.stock_too_low');
  });
});

describe('what nobody counts', () => {
  it('can always be had, and shows nothing available', async () => {
    const { mug, path } = await stockedMug(0);
    const buyer = await shop.signUp('digital');
    await buyer.post('/cart/add_item/', { product_id: mug.id, quantity: 50 }).expect(200);
    expect((await buyer.get<Cart>('/cart/').expect(200)).data.items).toMatchObject([
      { available: false },
    ]);
    const rules = { tracking: 'not_tracked', reason: 'A download' };
    const { data } = await staff.put<Stock>(path, rules, { 'If-Match': '*' }).expect(200);
    expect(data).toMatchObject({ available: null, in_stock: true });
    expect((await buyer.get<Cart>('/cart/').expect(200)).data.items).toMatchObject([
      { available: true },
    ]);
    expect((await shop.guest.get<Product>(`/products/${mug.id}/`).expect(200)).data).toMatchObject({
      in_stock: true,
    });
    await buyer.post('/orders/', CHECKOUT, newKey()).expect(201);
    expect((await staff.get<Movement[]>(`${path}movements/`).expect(200)).data).toEqual([]);
    await staff.post(`${path}movements/`, DELIVERY).refused(409, 'inventory.stock_not_tracked');
  });
});

describe('the report of what runs out', () => {
  it('is by the threshold that is asked for, or the variant’s own point', async () => {
    const { mug, path } = await stockedMug(30);
    const listed = async (query: string) => {
      const { data } = await staff.get<{ product_id: string }[]>(`/inventory/low-stock/${query}`);
      return data.filter(({ product_id: id }) => id === mug.id);
    };
    expect(await listed('?page_size=100')).toEqual([]);
    expect(await listed('?page_size=100&threshold=30')).toMatchObject([
      { product_name: 'Enamel mug', available: 30, threshold: 30 },
    ]);
    const rules = { reorder_point: 40, reason: 'Sells fast' };
    await staff.put(path, rules, { 'If-Match': '*' }).expect(200);
    expect(await listed('?page_size=100')).toMatchObject([{ available: 30, threshold: 40 }]);
    await staff.get('/inventory/low-stock/?threshold=-1').expect(422);
    await staff.get('/inventory/low-stock/?limit=1').expect(422);
  });
});

describe('a location', () => {
  it('keeps units of its own, which no order is served from', async () => {
    const { path } = await stockedMug(0);
    const body = { code: 'west-2', name: 'By the river' };
    await staff.post('/inventory/locations/', body).expect(201);
    await staff.post('/inventory/locations/', body).refused(409, 'inventory.location_code_taken');
    await staff
      .post('/inventory/locations/', { ...body, code: 'a b' })
      .refused(422, 'inventory.invalid_location_code');
    await staff.post(`${path}movements/?location=WEST-2`, DELIVERY).expect(201);
    const there = await staff.get<Stock>(`${path}?location=west-2`).expect(200);
    expect(there.data).toMatchObject({ location: 'WEST-2', on_hand: 5 });
    expect((await staff.get<Stock>(path).expect(200)).data).toMatchObject({
      location: 'MAIN',
      on_hand: 0,
      in_stock: false,
    });
    const { data } = await staff.get<{ code: string }[]>('/inventory/locations/').expect(200);
    expect(data.map(({ code }) => code)).toEqual(['MAIN', 'WEST-2']);
  });
});
