import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, onlyVariant, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Product } from './wire.ts';

type Variant = {
  readonly id: string;
  readonly sku: string;
  readonly price: { readonly amount: string } | null;
  readonly cost: object | null;
};
type Shown = Omit<Product, 'variants'> & {
  readonly variants: readonly Variant[];
  readonly related: readonly { readonly id: string }[];
  readonly published_at: string | null;
};
type Cart = { readonly items: readonly { readonly available: boolean; readonly name: string }[] };

let shop: TestShop;
let staff: Client;
let shopper: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
  shopper = await shop.signUp('shopper');
});

afterAll(() => shop.close());

const ifMatch = (headers: Headers) => ({ 'If-Match': headers.get('etag') ?? '' });
const versionOf = ({ version }: { readonly version: number }) => ({ 'If-Match': `"v${version}"` });
const SIZES = [{ name: 'Size', values: ['S', 'M'] }];
const size = (value: string) => [{ name: 'Size', value }];

describe('whoever keeps the catalogue', () => {
  it('drafts a product, completes it, publishes it and puts it away', async () => {
    const { data: draft, headers } = await staff
      .post<Shown>('/products/', {
        name: 'Rain coat',
        status: 'draft',
        seo: { title: 'Coats for rain' },
        options: SIZES,
        variants: [
          {
            sku: 'COAT-S',
            price: usd('80.00'),
            options: size('S'),
            cost: usd('31.50'),
            barcode: '4006381333931',
            dimensions: { length: 400, width: 300, height: 50 },
            prices: [{ price: { amount: '75.00', currency: 'EUR' } }],
            stock: 3,
          },
        ],
      })
      .expect(201);
    expect(draft).toMatchObject({ published_at: null, seo: { description: null }, version: 1 });
    const path = `/products/${draft.id}/`;
    await shop.guest.get(path).refused(404, 'catalog.product_not_found');
    const { headers: required } = await staff.patch(path, {}).refused(428, 'core.version_required');
    expect(required.get('etag')).toBe('"v1"');

    const { data: larger, headers: second } = await staff
      .post<Variant>(
        `${path}variants/`,
        { sku: 'COAT-M', price: usd('85.00'), options: size('M') },
        newKey(),
      )
      .expect(201);
    await staff.patch(path, { name: 'x' }, ifMatch(headers)).refused(412, 'core.stale_version');
    const { data: changed, headers: third } = await staff
      .patch<Shown>(path, { name: 'Long coat', seo: { description: 'Dry' } }, ifMatch(second))
      .expect(200);
    expect(changed).toMatchObject({
      name: 'Long coat',
      seo: { title: 'Coats for rain', description: 'Dry' },
      version: 3,
    });

    await staff.post(`${path}publish/`, undefined, ifMatch(headers)).expect(412);
    const { data: published } = await staff.post<Shown>(`${path}publish/`, undefined).expect(200);
    expect(published.published_at).not.toBeNull();
    const again = await staff
      .post(`${path}publish/`, undefined)
      .refused(409, 'catalog.illegal_status_change');
    expect(again.error.detail).toEqual({ from: 'published', legal: ['draft', 'archived'] });
    expect(third.get('etag')).toMatch(/^"v3-/);

    const { data: seen } = await shop.guest.get<Shown>(path).expect(200);
    expect(seen.variants.map(({ cost }) => cost)).toEqual([null, null]);
    const inEuro = await shop.guest.get<Shown>(`${path}?currency=EUR`).expect(200);
    expect(inEuro.data.variants.map(({ price }) => price?.amount ?? null)).toEqual(['75.00', null]);
    const page = await shop.guest.get<Variant[]>(`${path}variants/?page_size=1&page=2`).expect(200);
    expect(page.data.map(({ sku }) => sku)).toEqual(['COAT-M']);
    await shop.guest.get(`${path}?currency=XXX1`).expect(422);

    const one = `${path}variants/${larger.id}/`;
    const { headers: variantTag } = await staff.get(one).expect(200);
    await staff.patch(one, { price: usd('90.00') }).refused(428, 'core.version_required');
    const { data: dearer, headers: next } = await staff
      .patch<Variant>(one, { price: usd('90.00') }, ifMatch(variantTag))
      .expect(200);
    expect(dearer.price?.amount).toBe('90.00');
    const small = draft.variants[0]?.id ?? '';
    await staff.delete(`${path}variants/${small}/`, ifMatch(next)).expect(200);
    const left = await staff.get<Shown>(path).expect(200);
    await staff.delete(one, ifMatch(left.headers)).refused(409, 'catalog.last_variant');
    const { data: away } = await staff.post<Shown>(`${path}archive/`, undefined).expect(200);
    expect(away.status).toBe('archived');
    await shop.guest.get(path).expect(404);
  });

  it('says anew all that a product is', async () => {
    const body = {
      name: 'Poster',
      description: 'Large',
      tags: ['art'],
      variants: [
        { sku: 'POSTER-A', price: usd('9.00') },
        { sku: 'POSTER-B', price: usd('8.00'), weight_grams: 70 },
      ],
    };
    const { data: made } = await staff.post<Shown>('/products/', body).expect(201);
    const { data } = await staff
      .put<Shown>(
        `/products/${made.id}/`,
        {
          name: 'Print',
          variants: [
            { sku: 'POSTER-B', price: usd('8.00') },
            { sku: 'POSTER-C', price: usd('1.00') },
          ],
        },
        versionOf(made),
      )
      .expect(200);
    expect(data).toMatchObject({
      name: 'Print',
      slug: 'poster',
      description: '',
      tags: [],
      status: 'published',
      variants: [{ id: made.variants[1]?.id, weight_grams: null }, { sku: 'POSTER-C' }],
    });
    expect(data.variants).toHaveLength(2);
    const { data: stock } = await staff
      .get<{ on_hand: number }>(`/variants/${data.variants[1]?.id}/stock/`)
      .expect(200);
    expect(stock.on_hand).toBe(0);
  });

  it('leads from an old slug to the new one, with whatever was asked for', async () => {
    const mug = await stockMug(staff, { name: 'Tin mug' });
    await staff.patch('/products/tin-mug/', { slug: 'zinn-becher-ä' }, versionOf(mug)).expect(200);
    const ask = (method: string, place: string) =>
      fetch(`${shop.guest.url}/api/v1/products/tin-mug${place}`, { method, redirect: 'manual' });
    const moved = await ask('GET', '/?currency=USD');
    expect([moved.status, moved.headers.get('location')]).toEqual([
      301,
      '/api/v1/products/zinn-becher-%C3%A4/?currency=USD',
    ]);
    expect(await moved.json()).toMatchObject({
      success: false,
      data: null,
      errors: [{ code: 'catalog.product_moved', detail: { slug: 'zinn-becher-ä' } }],
    });
    expect((await ask('HEAD', '')).status).toBe(301);
    expect((await ask('GET', '/variants')).headers.get('location')).toBe(
      '/api/v1/products/zinn-becher-%C3%A4/variants/',
    );
    const { data } = await shop.guest.get<Shown>('/products/tin-mug/').expect(200);
    expect(data.id).toBe(mug.id);
  });

  it('puts products beside a product', async () => {
    const [tea, cup, pot] = [await stockMug(staff), await stockMug(staff), await stockMug(staff)];
    const path = `/products/${tea.id}/related/`;
    const { data: both } = await staff
      .put<Shown>(path, { product_ids: [pot.id, cup.id] }, versionOf(tea))
      .expect(200);
    expect(both.related.map(({ id }) => id)).toEqual([pot.id, cup.id]);
    await staff.post(path, { product_id: tea.id }).refused(422, 'catalog.invalid_related');
    await staff.post(path, { product_id: cup.id }).refused(422, 'catalog.invalid_related');
    const nobody = '0199c0de-0000-7000-8000-00000000dead';
    await staff.post(path, { product_id: nobody }).refused(422, 'catalog.unknown_related');
    await staff.delete(`${path}${pot.id}/`, versionOf(both)).expect(200);
    const { data: list, pagination } = await shop.guest.get<Product[]>(path).expect(200);
    expect([list.map(({ id }) => id), pagination?.count]).toEqual([[cup.id], 1]);
    await staff.delete(`${path}${pot.id}/`, { 'If-Match': '*' }).expect(404);
  });

  it('deletes what others have in carts and orders, and neither breaks', async () => {
    const mug = await stockMug(staff, { name: 'Last mug' });
    const variantId = onlyVariant(mug).id;
    await shopper.post('/cart/add_item/', { variant_id: variantId, quantity: 1 }).expect(200);
    const { data: order } = await shopper
      .post<{ id: string }>('/orders/', CHECKOUT, newKey())
      .expect(201);
    await shopper.post('/cart/add_item/', { variant_id: variantId, quantity: 1 }).expect(200);
    await staff.delete(`/products/${mug.id}/`).refused(428, 'core.version_required');
    await staff.delete(`/products/${mug.id}/`, versionOf(mug)).expect(200);
    await staff.get(`/products/${mug.id}/`).refused(404, 'catalog.product_not_found');
    await staff.delete(`/products/${mug.id}/`, { 'If-Match': '*' }).expect(404);

    const { data: cart } = await shopper.get<Cart>('/cart/').expect(200);
    expect(cart.items).toMatchObject([{ name: 'Last mug', available: false }]);
    await shopper.post('/orders/', CHECKOUT, newKey()).refused(409, 'ordering.item_not_for_sale');
    const { data: kept } = await shopper
      .get<{ items: readonly { name: string }[] }>(`/orders/${order.id}/`)
      .expect(200);
    expect(kept.items[0]?.name).toBe('Last mug');
    const heir = {
      name: 'Last mug',
      variants: [{ sku: onlyVariant(mug).sku, price: usd('1.00') }],
    };
    expect((await staff.post<Shown>('/products/', heir).expect(201)).data.slug).toBe('last-mug');
  });

  it('one of two who edit at once is told', async () => {
    const mug = await stockMug(staff);
    const [mine, theirs] = [await shop.hire('staff'), await shop.hire('staff')];
    const answers = await Promise.all(
      [mine, theirs].map(async (client, index) =>
        client.patch(`/products/${mug.id}/`, { name: `Mug ${index}` }, versionOf(mug)),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
  });
});
