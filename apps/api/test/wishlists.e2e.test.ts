import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { newKey, onlyVariant, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Cart, Money } from './wire.ts';

type Wishlist = {
  readonly id: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly share_path: string | null;
  readonly item_count: number;
  readonly items: readonly {
    readonly id: string;
    readonly product: { readonly id: string };
    readonly price: Money | null;
    readonly available: boolean;
  }[];
};

const LISTS = '/users/me/wishlists/';

let shop: TestShop;
let staff: Client;
let ada: Client;

beforeAll(async () => {
  shop = await openTestShop();
  [staff, ada] = [await shop.hire('staff'), await shop.signUp('ada')];
});

afterAll(() => shop.close());

const etagOf = (headers: Headers) => ({ 'If-Match': headers.get('etag') ?? '' });

it('a wishlist is filled, sent to a friend, moved into the cart and put away', async () => {
  const [mug, gone] = [await stockMug(staff), await stockMug(staff, { price: '3.00' })];
  const first = await ada.post<Wishlist>(LISTS, { name: 'For me' }, newKey()).expect(201);
  expect(first.data).toMatchObject({ is_default: true, item_count: 0, share_path: null });
  const path = `${LISTS}${first.data.id}/`;
  const wish = { variant_id: onlyVariant(mug).id };
  const filled = await ada.post<Wishlist>(`${path}items/`, wish, newKey()).expect(201);
  await ada.post(`${path}items/`, { product_id: gone.id }).expect(201);
  expect((await ada.post<Wishlist>(`${path}items/`, wish).expect(201)).data.item_count).toBe(2);
  await ada.post(`${path}items/`, {}).refused(422, 'catalog.wish_required');
  const both = { ...wish, product_id: gone.id };
  await ada.post(`${path}items/`, both).refused(422, 'catalog.wish_required');
  await ada
    .patch(path, { name: 'Mine' }, etagOf(filled.headers))
    .refused(412, 'core.stale_version');
  await ada.patch(path, { is_default: false }).refused(422, 'catalog.default_wishlist_needed');

  const { data: shared } = await ada.post<Wishlist>(`${path}share/`, {}).expect(200);
  const link = shared.share_path?.replace('/api/v1', '') ?? '';
  expect(link).toMatch(/^\/wishlists\/shared\/[\w-]{43}\/$/);
  await staff.delete(`/products/${gone.id}/`, { 'If-Match': '*' }).expect(200);
  const seen = await shop.guest.get<Wishlist>(link).expect(200);
  expect(Object.keys(seen.data).toSorted()).toEqual(['item_count', 'items', 'name']);
  expect(seen.data).toMatchObject({
    name: 'For me',
    items: [
      { product: { id: gone.id }, price: null, available: false },
      { product: { id: mug.id }, price: { amount: '12.50', currency: 'USD' }, available: true },
    ],
  });
  for (const theirs of [ada.account.user.id, ada.account.user.email, first.data.id])
    expect(seen.text).not.toContain(theirs);
  await ada.delete(`${path}share/`).expect(200);
  await shop.guest.get(link).refused(404, 'catalog.wishlist_not_found');

  const itemId = filled.data.items[0]?.id ?? '';
  const key = newKey();
  const move = `${path}items/${itemId}/move-to-cart/`;
  const moved = await ada.post<Wishlist>(move, {}, key).expect(200);
  expect(moved.data.items.map(({ product }) => product.id)).toEqual([gone.id]);
  expect((await ada.post<Wishlist>(move, {}, key).expect(200)).data).toEqual(moved.data);
  await ada.post(move, {}).refused(404, 'catalog.wishlist_item_not_found');
  const { data: cart } = await ada.get<Cart>('/cart/').expect(200);
  expect(cart.items).toMatchObject([{ product_id: mug.id, quantity: 1 }]);
  const left = moved.data.items[0]?.id ?? '';
  const refused = await ada
    .post(`${path}items/${left}/move-to-cart/`, {})
    .refused(409, 'catalog.not_moved_to_cart');
  expect(refused.error.detail).toEqual({ reason: 'ordering.offer_not_found' });

  await ada.delete(`${path}items/${left}/`).expect(200);
  const { data: second } = await ada.post<Wishlist>(LISTS, { name: 'Gifts' }).expect(201);
  await ada.delete(path).expect(200);
  const { data: lists } = await ada.get<Wishlist[]>(LISTS).expect(200);
  expect(lists).toMatchObject([{ id: second.id, is_default: true }]);
});
