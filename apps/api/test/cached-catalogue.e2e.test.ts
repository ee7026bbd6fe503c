import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { Client } from './client.ts';
import { DatabaseLink } from './database-link.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTwoProcesses, type TwoProcesses } from './two-processes.ts';
import type { Listing, Product } from './wire.ts';

const redisUrl = inject('redisUrl');

/** Staff at one process, and a shopper at the other. */
type Shop = { readonly staff: Client; readonly shopper: Client; readonly processes: TwoProcesses };

async function open(variables: Readonly<Record<string, string>>): Promise<Shop> {
  const processes = await openTwoProcesses(variables);
  const [, shopper] = await processes.signUp('shopper');
  const { account } = (await processes.signUp('keeper'))[0];
  await processes.database`update identity.users set role = 'staff' where id = ${account.user.id}`;
  const [staff] = await processes.signIn(account);
  return { staff, shopper, processes };
}

const nameIn = async (client: Client, slug: string) =>
  (await client.get<Product>(`/products/${slug}/`).expect(200)).data.name;
const stockIn = async (client: Client, { slug, id }: Product) => {
  const { data: one } = await client.get<Product>(`/products/${slug}/`).expect(200);
  const { data: list } = await client.get<readonly Listing[]>('/products/?page_size=100');
  return [one.in_stock, list.find((listing) => listing.id === id)?.in_stock];
};

/** How long it takes until the shopper is shown it. */
async function untilShown<Value>(look: () => Promise<Value>, wanted: Value): Promise<number> {
  const startedAt = performance.now();
  await expect.poll(look, { timeout: 10_000, interval: 20 }).toEqual(wanted);
  return performance.now() - startedAt;
}

async function rename({ staff }: Shop, { id }: Product, name: string): Promise<void> {
  await staff.patch(`/products/${id}/`, { name }, { 'If-Match': '*' }).expect(200);
}

function showsChanges(shop: () => Shop): void {
  it('what staff change at one process is shown to shoppers at the other within a second, and to staff at once', async () => {
    const { staff, shopper } = shop();
    const mug = await stockMug(staff, { name: 'Mug 0' });
    for (const number of [1, 2, 3]) {
      const [before, name] = [`Mug ${number - 1}`, `Mug ${number}`];
      await untilShown(() => nameIn(shopper, mug.slug), before);
      await rename(shop(), mug, name);
      expect(await nameIn(staff, mug.slug)).toBe(name);
      expect(await untilShown(() => nameIn(shopper, mug.slug), name)).toBeLessThan(1_000);
    }
  });

  it('the last unit that goes is gone for all, on its page and in the lists', async () => {
    const { staff, shopper } = shop();
    const mug = await stockMug(staff, { stock: 1 });
    await untilShown(() => stockIn(shopper, mug), [true, true]);
    await staff.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    await staff.post('/orders/', CHECKOUT, newKey()).expect(201);
    const shownAfter = await untilShown(() => stockIn(shopper, mug), [false, false]);
    expect(shownAfter).toBeLessThan(3_500);
  });

  it('a product that is put away is away, and one that comes is there', async () => {
    const { staff, shopper } = shop();
    const draft = await stockMug(staff, { status: 'draft' });
    const path = `/products/${draft.slug}/`;
    const statusIn = async () => (await shopper.get(path)).status;
    expect(await statusIn()).toBe(404);
    await staff.post(`/products/${draft.id}/publish/`, undefined).expect(200);
    expect(await untilShown(statusIn, 200)).toBeLessThan(1_000);
    await staff.post(`/products/${draft.id}/archive/`, undefined).expect(200);
    expect(await untilShown(statusIn, 404)).toBeLessThan(1_000);
  });
}

describe('two processes without Redis', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open({});
  });
  afterAll(() => shop.processes.close());

  showsChanges(() => shop);
});

describe.skipIf(redisUrl === null)('two processes that share one Redis', () => {
  let shop: Shop;
  let line: DatabaseLink;
  beforeAll(async () => {
    line = new DatabaseLink(redisUrl ?? '');
    await line.mend();
    shop = await open({ REDIS_URL: line.url });
  });
  afterAll(async () => {
    await shop.processes.close();
    await line.cut();
  });

  showsChanges(() => shop);

  it('what was changed while Redis was gone is shown all the while, and when it is back', async () => {
    const { staff, shopper } = shop;
    const mug = await stockMug(staff, { name: 'Before' });
    await untilShown(() => nameIn(shopper, mug.slug), 'Before');
    await line.cut();
    await rename(shop, mug, 'Meanwhile');
    expect(await untilShown(() => nameIn(shopper, mug.slug), 'Meanwhile')).toBeLessThan(1_000);
    await line.mend();
    const seen = new Set<string>();
    const until = performance.now() + 3_000;
    while (performance.now() < until) seen.add(await nameIn(shopper, mug.slug));
    expect([...seen]).toEqual(['Meanwhile']);
    await rename(shop, mug, 'After');
    await untilShown(() => nameIn(shopper, mug.slug), 'After');
  });
});
