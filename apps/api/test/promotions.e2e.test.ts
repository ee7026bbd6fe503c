import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client } from './client.ts';
import { newKey, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

type Promotion = { readonly id: string; readonly version: number };
type Coupon = { readonly id: string; readonly code: string; readonly promotion: Promotion };

const TENTH = { type: 'percentage', percentage: '10' };

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

describe('whoever works for the shop', () => {
  it('makes a coupon with its promotion, changes both and takes them away', async () => {
    const promotion = {
      name: 'Spring',
      effects: [{ ...TENTH, target: { tags: ['sale'] } }, { type: 'free_shipping' }],
      conditions: { minimum_subtotal: usd('30.00'), shipping_countries: ['GB'] },
      limits: { total: 100, per_customer: 1 },
      starts_at: '2026-01-01T00:00:00Z',
    };
    const { data: coupon, headers } = await staff
      .post<Coupon>('/coupons/', { code: 'spring', promotion })
      .expect(201);
    expect(coupon).toMatchObject({
      code: 'SPRING',
      promotion: {
        ...promotion,
        class: 'line',
        automatic: false,
        starts_at: '2026-01-01T00:00:00.000Z',
      },
    });
    const path = `/coupons/${coupon.id}/`;
    const read = await staff.get<Coupon>(path).expect(200);
    expect([read.data, read.headers.get('etag')]).toEqual([coupon, headers.get('etag')]);
    await staff.get(path, { 'If-None-Match': headers.get('etag') ?? '' }).expect(304);

    const promotionPath = `/promotions/${coupon.promotion.id}/`;
    const { headers: first } = await staff.get<Promotion>(promotionPath).expect(200);
    const { data: changed } = await staff
      .patch<Promotion>(
        promotionPath,
        { conditions: { minimum_subtotal: null }, limits: { total: 200 }, active: false },
        { 'If-Match': first.get('etag') ?? '' },
      )
      .expect(200);
    expect(changed).toMatchObject({
      conditions: { shipping_countries: ['GB'] },
      limits: { total: 200, per_customer: 1 },
      active: false,
      version: 2,
    });
    const stale = { 'If-Match': first.get('etag') ?? '' };
    const { headers: current } = await staff.delete(promotionPath, stale).expect(412);
    expect(current.get('etag')).toBe('"v2"');
    const { headers: required } = await staff.delete(promotionPath).expect(428);
    expect(required.get('etag')).toBe('"v2"');

    await staff.patch(path, { active: false }).expect(200);
    await staff.delete(promotionPath, { 'If-Match': '"v2"' }).expect(200);
    await staff.get(path).refused(404, 'pricing.coupon_not_found');
    await staff.get(promotionPath).refused(404, 'pricing.promotion_not_found');
    await staff.post('/coupons/', { code: 'Spring', promotion }).expect(201);
  });

  it('finds coupons and promotions again, page by page', async () => {
    for (const code of ['LEAF-1', 'LEAF-2', 'LEAF-3'])
      await staff
        .post('/coupons/', { code, promotion: { name: 'Autumn', effect: TENTH } })
        .expect(201);
    const page = await staff.get<Coupon[]>('/coupons/?search=leaf&page_size=2').expect(200);
    expect(page.data.map(({ code }) => code)).toEqual(['LEAF-3', 'LEAF-2']);
    expect(page.pagination).toMatchObject({ count: 3, count_is_exact: true });
    const { data } = await staff.get<Promotion[]>('/promotions/?search=AUTUMN').expect(200);
    expect(data).toHaveLength(3);
  });

  it('gets one coupon for one key, and none for a code that exists', async () => {
    const body = { code: 'ONCE', promotion: { name: 'Once', effect: TENTH } };
    const key = newKey();
    const [first, second] = [
      await staff.post<Coupon>('/coupons/', body, key).expect(201),
      await staff.post<Coupon>('/coupons/', body, key).expect(201),
    ];
    expect(second.data).toEqual(first.data);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const { error } = await staff.post('/coupons/', body).refused(409, 'pricing.coupon_code_taken');
    expect(error.path).toBe('code');
  });
});
