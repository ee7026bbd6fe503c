import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Category, Listing, Product } from './wire.ts';

type Node = Category & { readonly children: readonly Node[] };

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

async function given(name: string, parent?: Category): Promise<Category> {
  const body = { name, ...(parent === undefined ? {} : { parent_id: parent.id }) };
  return (await staff.post<Category>('/categories/', body).expect(201)).data;
}

describe('the tree of the categories', () => {
  it('is walked by a shopper from the top to the goods, and rearranged by staff', async () => {
    const home = await given('Home');
    const kitchen = await given('Kitchen', home);
    const cups = await given('Cups', kitchen);
    const garden = await given('Garden');
    await stockMug(staff, { name: 'Blue cup', category_id: cups.id });
    await stockMug(staff, { name: 'Chair', category_id: home.id });

    const { data: tree } = await shop.guest.get<Node[]>('/categories/tree/').expect(200);
    expect(tree).toMatchObject([
      { id: garden.id, tree_product_count: 0, children: [] },
      {
        id: home.id,
        product_count: 1,
        tree_product_count: 2,
        children: [{ id: kitchen.id, product_count: 0, children: [{ id: cups.id }] }],
      },
    ]);
    const inTree = async (path: string) =>
      (await shop.guest.get<Listing[]>(path).expect(200)).data.map(({ name }) => name).toSorted();
    expect(await inTree('/categories/home/products/')).toEqual(['Blue cup', 'Chair']);
    expect(await inTree('/products/?category_tree=kitchen')).toEqual(['Blue cup']);

    await staff.post(`/categories/kitchen/move/`, { parent_id: garden.id }).expect(200);
    expect(await inTree('/categories/home/products/')).toEqual(['Chair']);
    expect(await inTree('/categories/garden/products/')).toEqual(['Blue cup']);
    const { data, headers } = await shop.guest.get(`/categories/${cups.id}/`).expect(200);
    expect(data).toMatchObject({ breadcrumbs: [{ slug: 'garden' }, { slug: 'kitchen' }] });
    const seen = { 'If-None-Match': headers.get('etag') ?? '' };
    expect((await shop.guest.get(`/categories/${cups.id}/`, seen)).status).toBe(304);

    await staff
      .patch('/categories/garden/', { parent_id: cups.id })
      .refused(422, 'catalog.category_circle');
    await staff.delete('/categories/kitchen/').refused(409, 'catalog.category_in_use');
    await staff.delete('/categories/cups/').refused(409, 'catalog.category_in_use');
  });

  it('has no circle after two of them were moved below each other at once', async () => {
    const [one, other] = [await given('One'), await given('Other')];
    const moves = await Promise.all([
      staff.post(`/categories/${one.id}/move/`, { parent_id: other.id }),
      staff.post(`/categories/${other.id}/move/`, { parent_id: one.id }),
    ]);
    expect(moves.map(({ status }) => `${status}`).toSorted()).toEqual(['200', '422']);
  });
});

describe('attributes that a category defines', () => {
  it('are what its new products have, and what old ones get when they are described anew', async () => {
    const furniture = await given('Furniture');
    const tables = await given('Tables', furniture);
    const old = await stockMug(staff, { name: 'Old table', category_id: tables.id });
    const definitions = [
      { name: 'material', type: 'choice', choices: ['oak', 'ash'], required: true },
      { name: 'height', type: 'number', unit: 'cm' },
    ];
    const path = `/categories/${furniture.id}/attributes/`;
    await staff.put(path, { definitions }).refused(428, 'core.version_required');
    await staff.put(path, { definitions }, { 'If-Match': '"v1"' }).expect(200);

    const table = (attributes: object) => ({
      name: 'Table',
      category_id: tables.id,
      attributes,
      variants: [{ sku: `TABLE-${crypto.randomUUID()}`, price: usd('100.00') }],
    });
    const places = [
      [{}, 'attributes.material', 'missing'],
      [{ material: 'steel' }, 'attributes.material', 'not_a_choice'],
      [{ material: 'oak', height: '75' }, 'attributes.height', 'wrong_type'],
    ] as const;
    for (const [attributes, place, reason] of places) {
      const { error } = await staff
        .post('/products/', table(attributes))
        .refused(422, 'catalog.attribute_mismatch');
      expect(error).toMatchObject({ path: place, detail: { reason } });
    }
    const good = { material: 'oak', height: 75.5, story: 'free' };
    const { data } = await staff.post<Product>('/products/', table(good)).expect(201);
    expect(data).toMatchObject({ attributes: good });

    const anyVersion = { 'If-Match': '*' };
    await staff.patch(`/products/${old.id}/`, { name: 'Older table' }, anyVersion).expect(200);
    await staff
      .patch(`/products/${old.id}/`, { attributes: { material: 'pine' } }, anyVersion)
      .refused(422, 'catalog.attribute_mismatch');
  });
});
