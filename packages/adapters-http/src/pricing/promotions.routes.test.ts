import { beforeEach, describe, expect, it } from 'vitest';

import {
  CreateCoupon,
  CreatePromotion,
  DeleteCoupon,
  DeletePromotion,
  ReviseCoupon,
  RevisePromotion,
} from '@kastoma/application/pricing';
import {
  FakeAccessTokens,
  givenCustomer,
  givenOrder,
  inMemoryShop,
  redeemIn,
  type ShopPorts,
} from '@kastoma/application/testing';
import { Money, type UserId } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Told = {
  readonly status: number;
  readonly etag: string | null;
  readonly data: Record<string, unknown> & { readonly id: string };
  readonly errors: readonly { code: string; path: string | null; detail: object }[] | null;
};

const NOBODYS_ID = '0199c0de-0000-7000-8000-00000000dead';
const TENTH = { type: 'percentage', percentage: '10' };

let shop: ShopPorts;
let app: HttpApp;
let bearer: string;

beforeEach(async () => {
  shop = inMemoryShop();
  const { pricing: unitOfWork, settings, ids, clock } = shop;
  const accessTokens = new FakeAccessTokens();
  const staff = { userId: ids.next<UserId>(), sessionId: ids.next(), role: 'staff' };
  const { token } = await accessTokens.issue(staff as never, clock.now());
  bearer = `Bearer ${token}`;
  app = createHttpApp({
    accessTokens,
    clock,
    ids,
    settings,
    identity: {},
    catalog: {},
    cart: {},
    notifications: {},
    payments: {},
    orders: {},
    promotions: {
      createPromotion: new CreatePromotion({ unitOfWork, ids, clock }),
      revisePromotion: new RevisePromotion({ unitOfWork, clock }),
      deletePromotion: new DeletePromotion({ unitOfWork, clock }),
      promotionQueries: shop.promotionQueries,
      createCoupon: new CreateCoupon({ unitOfWork, ids, clock }),
      reviseCoupon: new ReviseCoupon({ unitOfWork, clock }),
      deleteCoupon: new DeleteCoupon({ unitOfWork, clock }),
      couponQueries: shop.couponQueries,
    },
    healthChecks: [],
    reportFailure: ({ error }: { error: unknown }) => expect.fail(String(error)),
    isUnavailable: () => false,
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
});

async function send(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await app.request(`/api/v1${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: bearer, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const told = (await response.json()) as Omit<Told, 'status' | 'etag'>;
  return { ...told, status: response.status, etag: response.headers.get('etag') };
}

const anyVersion = { 'If-Match': '*' };
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('a promotion over HTTP', () => {
  const EVERYTHING = {
    name: 'Everything at once',
    class: 'line',
    effects: [
      {
        type: 'percentage',
        percentage: '8.875',
        target: { product_ids: [NOBODYS_ID], category_ids: [NOBODYS_ID], tags: ['sale'] },
        maximum_units_per_variant: 3,
      },
      { type: 'fixed_amount', amount: usd('5.00'), spread: 'per_unit' },
      { type: 'free_shipping' },
      { type: 'shipping_discount', percentage: '50' },
      { type: 'shipping_discount', amount: usd('1.00') },
      { type: 'buy_x_get_y', buy: 2, get: 1, percentage: '100' },
    ],
    conditions: {
      minimum_subtotal: usd('30.00'),
      basis: 'base',
      minimum_quantity: 2,
      product_ids: [NOBODYS_ID],
      category_ids: [NOBODYS_ID],
      tags: ['tea'],
      price_range: { from: usd('1.00'), to: usd('2.00') },
      customer_groups: ['friends'],
      first_order: true,
      currency: 'USD',
      shipping_countries: ['DE'],
    },
    limits: {
      total: 100,
      per_customer: 1,
      maximum_discount: usd('20.00'),
      maximum_repeats: 5,
    },
    starts_at: '2026-11-01T00:00:00.000Z',
    ends_at: '2026-12-01T00:00:00.000Z',
    active: false,
    priority: 7,
    exclusive: true,
    combines_with: ['shipping'],
    gives_uses_back: false,
    automatic: false,
  };

  it('is shown with all that was sent, at once and later', async () => {
    const created = await send('POST', '/promotions', EVERYTHING);
    expect(created).toMatchObject({ status: 201, data: { ...EVERYTHING, version: 1 } });
    const read = await send('GET', `/promotions/${created.data.id}`);
    expect([read.status, read.data, read.etag]).toEqual([200, created.data, created.etag]);
    const { data } = await send('GET', '/promotions?active=false&automatic=false&search=AT+once');
    expect(data).toEqual([created.data]);
  });

  it('needs a name and an effect alone, is automatic, and finds its class', async () => {
    const plain = await send('POST', '/promotions', { name: 'Plain', effect: TENTH });
    expect(plain.data).toMatchObject({
      class: 'order',
      effects: [TENTH],
      conditions: {},
      limits: {},
      starts_at: null,
      ends_at: null,
      active: true,
      automatic: true,
      priority: 0,
      exclusive: false,
      combines_with: ['line', 'order', 'shipping'],
      gives_uses_back: true,
    });
  });

  it('aims at tags in the form in which tags are compared', async () => {
    const effect = { ...TENTH, target: { tags: [' Tea', 'TEA'] } };
    const { data } = await send('POST', '/promotions', { name: 'Aimed', effect });
    const effects = [{ ...TENTH, target: { tags: ['tea'] } }];
    expect(data).toMatchObject({ class: 'line', effects });
  });

  it('changes in what is sent, and keeps the rest; null takes a condition away', async () => {
    const { data, etag } = await send('POST', '/promotions', EVERYTHING);
    const changes = {
      name: 'Less',
      conditions: { minimum_subtotal: null, price_range: null, tags: ['coffee'] },
      limits: { total: null, per_customer: 2 },
      ends_at: null,
      active: true,
    };
    const path = `/promotions/${data.id}`;
    const changed = await send('PATCH', path, changes, { 'If-Match': etag ?? '' });
    expect(changed).toMatchObject({
      status: 200,
      data: { version: 2, effects: EVERYTHING.effects },
    });
    expect(changed.data).toMatchObject({ name: 'Less', active: true, ends_at: null });
    expect(changed.data['conditions']).toEqual({
      basis: 'base',
      minimum_quantity: 2,
      product_ids: [NOBODYS_ID],
      category_ids: [NOBODYS_ID],
      tags: ['coffee'],
      customer_groups: ['friends'],
      first_order: true,
      currency: 'USD',
      shipping_countries: ['DE'],
    });
    expect(changed.data['limits']).toEqual({
      per_customer: 2,
      maximum_discount: usd('20.00'),
      maximum_repeats: 5,
    });

    const cleared = { effect: TENTH, conditions: null, limits: null };
    const { data: bare } = await send('PATCH', path, cleared, anyVersion);
    expect(bare).toMatchObject({ class: 'line', effects: [TENTH], conditions: {}, limits: {} });
  });

  it('is changed and deleted by those alone who say which version they have read', async () => {
    const { data, etag } = await send('POST', '/promotions', { name: 'Plain', effect: TENTH });
    const path = `/promotions/${data.id}`;
    for (const method of ['PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'Other' } : undefined;
      expect(await send(method, path, body)).toMatchObject({
        status: 428,
        etag: '"v1"',
        errors: [{ code: 'core.version_required', path: 'If-Match' }],
      });
      expect(await send(method, path, body, { 'If-Match': '"v7"' })).toMatchObject({
        status: 412,
        etag: '"v1"',
        errors: [{ code: 'core.stale_version' }],
      });
    }
    const deleted = await send('DELETE', path, undefined, { 'If-Match': etag ?? '' });
    expect(deleted).toMatchObject({ status: 200, data: null });
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path, undefined, anyVersion)).status).toBe(404);
    expect((await send('PATCH', path, {}, anyVersion)).status).toBe(404);
  });

  it.each([
    ['without a name', { effect: TENTH }, 'request.missing_field', 'name'],
    ['with an empty name', { name: ' ', effect: TENTH }, 'pricing.invalid_promotion', 'name'],
    ['without an effect', { name: 'A' }, 'pricing.invalid_promotion', 'effects'],
    [
      'with two ways of writing effects',
      { name: 'A', effect: TENTH, effects: [TENTH] },
      'request.invalid_field',
      'effect',
    ],
    [
      'with an unknown field in an effect',
      { name: 'A', effects: [TENTH, { ...TENTH, percent: 1 }] },
      'request.unknown_field',
      'effects.1.percent',
    ],
    [
      'with a percentage that is a number',
      { name: 'A', effect: { type: 'percentage', percentage: 10 } },
      'request.invalid_field',
      'effect.percentage',
    ],
    [
      'with a percentage above 100',
      { name: 'A', effect: { type: 'percentage', percentage: '100.000001' } },
      'core.rate_out_of_bounds',
      'effect.percentage',
    ],
    [
      'with a percentage of many digits',
      { name: 'A', effects: [{ type: 'percentage', percentage: '0.0000001' }] },
      'core.malformed_percentage',
      'effects.0.percentage',
    ],
    [
      'with nothing off',
      { name: 'A', effect: { type: 'percentage', percentage: '0' } },
      'pricing.invalid_promotion',
      'effect.percentage',
    ],
    [
      'with an empty target',
      { name: 'A', effects: [TENTH, { ...TENTH, target: {} }] },
      'pricing.invalid_promotion',
      'effects.1.target',
    ],
    [
      'with half a unit',
      { name: 'A', effect: { ...TENTH, maximum_units_per_variant: 0.5 } },
      'pricing.invalid_promotion',
      'effect.maximum_units_per_variant',
    ],
    [
      'with a shipping discount that is nothing',
      { name: 'A', effect: { type: 'shipping_discount' } },
      'request.invalid_field',
      'effect',
    ],
    [
      'with an unknown kind of effect',
      { name: 'A', effect: { type: 'magic' } },
      'request.invalid_field',
      'effect.type',
    ],
    [
      'with goods off in a promotion of shipping',
      { name: 'A', class: 'shipping', effect: TENTH },
      'pricing.invalid_promotion',
      'effect',
    ],
    [
      'with a window that ends before it starts',
      {
        name: 'A',
        effect: TENTH,
        starts_at: '2026-11-23T00:00:00Z',
        ends_at: '2026-11-23T00:00:00Z',
      },
      'pricing.invalid_promotion',
      'ends_at',
    ],
    [
      'with a day that does not exist',
      { name: 'A', effect: TENTH, starts_at: '2026-02-30T00:00:00Z' },
      'core.malformed_instant',
      'starts_at',
    ],
    [
      'from before there were computers',
      { name: 'A', effect: TENTH, starts_at: '0000-01-01T00:00:00Z' },
      'core.malformed_instant',
      'starts_at',
    ],
    [
      'for a country that is none',
      { name: 'A', effect: TENTH, conditions: { shipping_countries: ['DE', 'XX'] } },
      'core.unknown_country',
      'conditions.shipping_countries.1',
    ],
    [
      'with a limit of none',
      { name: 'A', effect: TENTH, limits: { per_customer: 0 } },
      'pricing.invalid_promotion',
      'limits.per_customer',
    ],
  ])('%s is refused, and the place is named', async (_title, body, code, path) => {
    expect(await send('POST', '/promotions', body)).toMatchObject({
      status: 422,
      data: null,
      errors: [{ code, path }],
    });
    expect((await send('GET', '/promotions')).data).toEqual([]);
  });
});

describe('a coupon over HTTP', () => {
  const WELCOME = { code: ' welcome10 ', promotion: { name: 'Welcome', effect: TENTH } };

  it('comes with a promotion of its own, which takes the code', async () => {
    const created = await send('POST', '/coupons', WELCOME);
    expect(created).toMatchObject({
      status: 201,
      data: {
        code: 'WELCOME10',
        single_use: false,
        active: true,
        version: 1,
        promotion: { name: 'Welcome', automatic: false, effects: [TENTH] },
      },
    });
    const read = await send('GET', `/coupons/${created.data.id}`);
    expect([read.status, read.data, read.etag]).toEqual([200, created.data, created.etag]);
    for (const query of ['', '?search=COME1', '?search=welcome', '?active=true'])
      expect((await send('GET', `/coupons${query}`)).data).toEqual([created.data]);
    expect((await send('GET', '/coupons?active=false')).data).toEqual([]);
    expect((await send('GET', `/coupons?promotion_id=${NOBODYS_ID}`)).data).toEqual([]);
    expect((await send('GET', '/coupons?promotion_id=x')).status).toBe(422);
  });

  it('makes an automatic promotion one that takes a code, for good', async () => {
    const { data: promotion } = await send('POST', '/promotions', { name: 'A', effect: TENTH });
    const body = { code: 'A', promotion_id: promotion.id, single_use: true, active: false };
    const { data: coupon } = await send('POST', '/coupons', body);
    expect(coupon).toMatchObject({
      single_use: true,
      active: false,
      promotion: { id: promotion.id, automatic: false, version: 2 },
    });
    expect((await send('DELETE', `/coupons/${coupon.id}`)).status).toBe(200);
    const { data: left } = await send('GET', `/promotions/${promotion.id}`);
    expect(left).toMatchObject({ automatic: false });
  });

  it('has a code that nobody else has', async () => {
    await send('POST', '/coupons', WELCOME);
    expect(await send('POST', '/coupons', { ...WELCOME, code: 'Welcome10' })).toMatchObject({
      status: 409,
      errors: [{ code: 'pricing.coupon_code_taken', path: 'code' }],
    });
    expect((await send('GET', '/promotions')).data).toHaveLength(1);
  });

  it('is switched off and on, on the version that was read', async () => {
    const { data, etag } = await send('POST', '/coupons', WELCOME);
    const path = `/coupons/${data.id}`;
    const off = await send('PATCH', path, { active: false }, { 'If-Match': etag ?? '' });
    expect(off).toMatchObject({ status: 200, data: { active: false, version: 2 } });
    expect((await send('PATCH', path, { active: true }, { 'If-Match': etag ?? '' })).status).toBe(
      412,
    );
    expect(await send('PATCH', path, { code: 'OTHER' })).toMatchObject({
      status: 422,
      errors: [{ code: 'request.unknown_field', path: 'code' }],
    });
    expect((await send('DELETE', path, undefined, anyVersion)).status).toBe(200);
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  it.each([
    ['without a code', { promotion: WELCOME.promotion }, 'request.missing_field', 'code'],
    [
      'with a code of another alphabet',
      { ...WELCOME, code: 'ПРИВЕТ' },
      'pricing.malformed_coupon_code',
      'code',
    ],
    [
      'with a code of ten thousand letters',
      { ...WELCOME, code: 'A'.repeat(10_000) },
      'pricing.malformed_coupon_code',
      'code',
    ],
    ['for no promotion', { code: 'A' }, 'request.invalid_field', 'promotion'],
    [
      'for two promotions',
      { ...WELCOME, promotion_id: NOBODYS_ID },
      'request.invalid_field',
      'promotion',
    ],
    [
      'for a promotion that is not there',
      { code: 'A', promotion_id: NOBODYS_ID },
      'pricing.promotion_missing',
      'promotion_id',
    ],
    [
      'with an effect that is wrong',
      { code: 'A', promotion: { name: 'A', effect: { ...TENTH, target: {} } } },
      'pricing.invalid_promotion',
      'promotion.effect.target',
    ],
    [
      'with effects that are wrong',
      {
        code: 'A',
        promotion: { name: 'A', effects: [TENTH, { ...TENTH, maximum_units_per_variant: 0 }] },
      },
      'pricing.invalid_promotion',
      'promotion.effects.1.maximum_units_per_variant',
    ],
    [
      'with a tag that is none',
      { code: 'A', promotion: { name: 'A', effects: [{ ...TENTH, target: { tags: ['a', ''] } }] } },
      'core.invalid_text',
      'promotion.effects.0.target.tags.1',
    ],
    [
      'with an id that is none',
      { code: 'A', promotion: { name: 'A', effect: { ...TENTH, target: { product_ids: ['x'] } } } },
      'core.malformed_id',
      'promotion.effect.target.product_ids.0',
    ],
    [
      'with more countries than there are',
      {
        code: 'A',
        promotion: {
          name: 'A',
          effect: TENTH,
          conditions: { shipping_countries: Array.from({ length: 1_001 }, () => 'nowhere') },
        },
      },
      'request.invalid_field',
      'promotion.conditions.shipping_countries',
    ],
    [
      'with a promotion that says it is automatic',
      { code: 'A', promotion: { ...WELCOME.promotion, automatic: true } },
      'request.unknown_field',
      'promotion.automatic',
    ],
  ])('%s is refused, and the place is named', async (_title, body, code, path) => {
    expect(await send('POST', '/coupons', body)).toMatchObject({
      status: 422,
      errors: [{ code, path }],
    });
    expect((await send('GET', '/coupons')).data).toEqual([]);
    expect((await send('GET', '/promotions')).data).toEqual([]);
  });

  it('tells which orders it was used on', async () => {
    const { data } = await send('POST', '/coupons', WELCOME);
    const path = `/coupons/${data.id}/usages`;
    expect((await send('GET', path)).data).toEqual([]);
    expect((await send('GET', `/coupons/${NOBODYS_ID}/usages`)).status).toBe(404);

    const customerId = await givenCustomer(shop);
    const { state: order } = await givenOrder(shop, customerId);
    const promotionId = (data['promotion'] as { id: never }).id;
    const discount = Money.parse({ amount: '3.00', currency: 'USD' })._unsafeUnwrap();
    const use = { promotionId, couponId: data.id as never, discount };
    const buyer = { id: customerId, email: null };
    expect((await redeemIn(shop, order.id, [use], buyer, order.placedAt)).isOk()).toBe(true);
    expect((await send('GET', path)).data).toEqual([
      {
        order: { id: order.id, number: order.number },
        customer: { id: customerId, email: null },
        amount: usd('3.00'),
        used_at: new Date(order.placedAt).toISOString(),
        given_back_at: null,
      },
    ]);
  });
});

describe('promotions and coupons', () => {
  it('are nobody’s business who does not work here', async () => {
    for (const path of ['/promotions', '/coupons', `/coupons/${NOBODYS_ID}/usages`])
      expect((await send('GET', path, undefined, { Authorization: '' })).status).toBe(401);
  });
});
