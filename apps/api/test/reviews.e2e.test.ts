import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type { Product } from './wire.ts';

type Review = {
  readonly id: string;
  readonly author: string;
  readonly status: string;
  readonly rating: number;
  readonly comment: string | null;
  readonly verified_purchase: boolean;
  readonly helpful_count: number;
  readonly version: number;
};
type Rated = Product & { readonly rating: { readonly average: number | null; count: number } };

let shop: TestShop;
let staff: Client;
let ada: Client;
let bob: Client;

beforeAll(async () => {
  shop = await openTestShop();
  [staff, ada, bob] = [
    await shop.hire('staff'),
    await shop.signUp('ada'),
    await shop.signUp('bob'),
  ];
});

afterAll(() => shop.close());

const etagOf = (headers: Headers) => ({ 'If-Match': headers.get('etag') ?? '' });
const MARKUP = '<img src=x onerror=alert(1)> & "quotes"\n\u{202e}backwards';
const praise = { rating: 5, title: 'Lovely', comment: MARKUP };

async function bought(customer: Client): Promise<Product> {
  const mug = await stockMug(staff);
  await customer.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
  await customer.post('/orders/', CHECKOUT, newKey()).expect(201);
  return mug;
}

async function reviewOf(customer: Client, mug: Product, rating: number): Promise<Review> {
  const path = `/products/${mug.id}/reviews/`;
  const { data } = await customer.post<Review>(path, { ...praise, rating }).expect(201);
  return data;
}

async function decide(review: Review, action: 'approve' | 'reject') {
  const { headers } = await staff.get(`/reviews/${review.id}/`).expect(200);
  return staff.post<Review>(`/reviews/${review.id}/${action}/`, {}, etagOf(headers)).expect(200);
}

describe('a review', () => {
  it('is written by a customer, read by a moderator and then by everybody, and counts', async () => {
    const mug = await bought(ada);
    const path = `/products/${mug.slug}/reviews/`;
    const key = newKey();
    const sent = await ada.post<Review>(path, praise, key).expect(201);
    const { data: review } = sent;
    expect(review).toMatchObject({
      rating: 5,
      title: 'Lovely',
      comment: MARKUP,
      status: 'pending',
      verified_purchase: true,
      helpful_count: 0,
    });
    expect(review.author).toMatch(/^\S+ \p{Lu}\.$/u);
    expect((await ada.post<Review>(path, praise, key).expect(201)).data).toEqual(review);
    await ada.post(path, praise).refused(409, 'catalog.review_exists');

    expect((await shop.guest.get<Review[]>(path).expect(200)).data).toEqual([]);
    await shop.guest.get(`/reviews/${review.id}/`).refused(404, 'catalog.review_not_found');
    const waiting = await staff.get<Review[]>('/reviews/?status=pending&ordering=created_at');
    expect(waiting.data.map(({ id }) => id)).toContain(review.id);

    await staff.post(`/reviews/${review.id}/approve/`, {}).refused(428, 'core.version_required');
    const approved = await decide(review, 'approve');
    expect(approved.data.status).toBe('approved');
    await staff
      .post(`/reviews/${review.id}/approve/`, {}, etagOf(approved.headers))
      .refused(409, 'catalog.review_already_moderated');
    const listed = await shop.guest.get<Review[]>(`${path}?rating=5&verified_purchase=true`);
    expect(listed.data).toMatchObject([{ id: review.id, comment: MARKUP }]);
    expect(JSON.stringify(listed.data)).not.toContain(ada.account.user.id);
    const { data: rated } = await shop.guest.get<Rated>(`/products/${mug.id}/`).expect(200);
    expect(rated.rating).toEqual({ average: 5, count: 1 });
  });

  it('changes the average to two digits, and the tag of the product with it', async () => {
    const mug = await stockMug(staff);
    const cleo = await shop.signUp('cleo');
    const before = await shop.guest.get<Rated>(`/products/${mug.id}/`).expect(200);
    expect(before.data.rating).toEqual({ average: null, count: 0 });
    for (const [customer, rating] of [
      [ada, 5],
      [bob, 5],
      [cleo, 4],
    ] as const)
      await decide(await reviewOf(customer, mug, rating), 'approve');
    const after = await shop.guest.get<Rated>(`/products/${mug.id}/`).expect(200);
    expect(after.data.rating).toEqual({ average: 4.67, count: 3 });
    expect(after.data.version).toBe(before.data.version);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  it('waits again when its author changes it, and is gone when they take it back', async () => {
    const mug = await stockMug(staff);
    const review = await reviewOf(ada, mug, 2);
    await decide(review, 'approve');
    const path = `/reviews/${review.id}/`;
    const { headers } = await ada.get(path).expect(200);
    const changed = await ada
      .patch<Review>(path, { comment: 'Better by now.', title: null }, etagOf(headers))
      .expect(200);
    expect(changed.data).toMatchObject({ status: 'pending', title: null, rating: 2 });
    await staff.post(`${path}approve/`, {}, etagOf(headers)).refused(412, 'core.stale_version');
    await bob.patch(path, { rating: 1 }).refused(404, 'catalog.review_not_found');
    await bob.delete(path).refused(404, 'catalog.review_not_found');
    const { data: mine } = await ada.get<Review[]>('/users/me/reviews/').expect(200);
    expect(mine.map(({ id }) => id)).toContain(review.id);
    await ada.delete(path, etagOf(changed.headers)).expect(200);
    await ada.get(path).refused(404, 'catalog.review_not_found');
  });

  it('is helpful to others, once each', async () => {
    const review = await reviewOf(ada, await stockMug(staff), 4);
    const path = `/reviews/${review.id}/helpful/`;
    await bob.post(path, {}).refused(404, 'catalog.review_not_found');
    await decide(review, 'approve');
    await ada.post(path, {}).refused(422, 'catalog.own_review');
    for (const { data } of [
      await bob.post<Review>(path, {}).expect(200),
      await bob.post<Review>(path, {}).expect(200),
    ])
      expect(data.helpful_count).toBe(1);
    expect((await bob.delete<Review>(path).expect(200)).data.helpful_count).toBe(0);
    expect((await shop.guest.send('POST', `/api/v1${path}`)).status).toBe(401);
  });

  it('is refused with the field that is wrong', async () => {
    const path = `/products/${(await stockMug(staff)).id}/reviews/`;
    for (const [body, code, field] of [
      [{ ...praise, rating: 6 }, 'catalog.invalid_rating', 'rating'],
      [{ ...praise, rating: 3.5 }, 'catalog.invalid_rating', 'rating'],
      [{ ...praise, comment: '  ' }, 'core.invalid_text', 'comment'],
      [{ ...praise, comment: 'x'.repeat(5_001) }, 'core.invalid_text', 'comment'],
      [{ ...praise, title: 'a\nb' }, 'core.invalid_text', 'title'],
    ] as const)
      expect((await ada.post(path, body).refused(422, code)).error.path).toBe(field);
    for (const body of [
      { ...praise, status: 'approved' },
      { rating: 5 },
      { ...praise, rating: '5' },
    ])
      await ada.post(path, body).expect(422);
  });
});
