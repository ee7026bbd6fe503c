import { beforeEach, describe, expect, it } from 'vitest';

import {
  anAccess,
  clicksOf,
  dollars,
  FakeAccessTokens,
  givenCoupon,
  givenCustomer,
  givenPromotion,
  givenVariant,
  inMemoryShop,
  orderingUseCases,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { Country, Instant } from '@kastoma/domain/core';

import { createHttpApp, type HttpApp, type HttpDependencies } from '../http-app.ts';

type Told = {
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors:
    | readonly { code: string; message: string; path: string | null; detail: object }[]
    | null;
};

let shop: ShopPorts;
let app: HttpApp;
let bearer: string;

beforeEach(async () => {
  shop = inMemoryShop();
  const customerId = await givenCustomer(shop);
  const { variantId } = await givenVariant(shop, 9, { variants: [{ price: '10.00' }] });
  const useCases = orderingUseCases(shop);
  expect((await clicksOf(customerId, useCases).addVariant(variantId, 3)).isOk()).toBe(true);
  const accessTokens = new FakeAccessTokens();
  const claims = anAccess(customerId);
  const { token } = await accessTokens.issue(claims, shop.clock.now());
  bearer = `Bearer ${token}`;
  app = createHttpApp({
    accessTokens,
    clock: shop.clock,
    ids: shop.ids,
    settings: shop.settings,
    catalog: {},
    identity: {},
    promotions: {},
    coupons: {},
    cart: useCases,
    notifications: {},
    payments: {},
    orders: { ...useCases, orderQueries: shop.orderQueries },
    healthChecks: [],
    reportFailure: ({ error }: { error: unknown }) => expect.fail(String(error)),
    isUnavailable: () => false,
    seedPicturesFolder: '/nowhere',
  } as unknown as HttpDependencies);
});

async function ask(method: string, path: string, body?: object) {
  const response = await app.request(`/api/v1${path}`, {
    method,
    headers: {
      Authorization: bearer,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as Told) };
}

async function givenCode(
  code: string,
  terms: Parameters<typeof givenPromotion>[1] = {},
): Promise<string> {
  const promotion = await givenPromotion(shop, { name: 'Summer', automatic: false, ...terms });
  await givenCoupon(shop, promotion, { code });
  return promotion.state.id;
}

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('presenting a code', () => {
  it('answers with the cart that has it applied, in whatever case it was written', async () => {
    const id = await givenCode('SUMMER');
    expect(await ask('POST', '/cart/coupons', { code: ' summer ' })).toMatchObject({
      status: 200,
      data: {
        coupons: [
          {
            code: 'SUMMER',
            applied: true,
            promotion: { id, name: 'Summer' },
            discount: usd('3.00'),
            reason: null,
            message: null,
          },
        ],
        totals: { subtotal: usd('30.00'), discount: usd('3.00'), total: usd('32.99') },
      },
    });
  });

  it('says in words which other code loses by it', async () => {
    await givenCode('SUMMER');
    await givenCode('BETTER', { name: 'Better', isExclusive: true, priority: 1 });
    expect((await ask('POST', '/cart/coupons', { code: 'SUMMER' })).message).toBe('Code applied');
    const excluded = 'Code SUMMER cannot be combined with “Better”, which is used instead.';
    expect(await ask('POST', '/cart/coupons', { code: 'BETTER' })).toMatchObject({
      status: 200,
      message: `Code applied, but a code of the cart now takes nothing off. ${excluded} Take it out before you order.`,
      data: {
        coupons: [
          { code: 'SUMMER', applied: false, reason: 'promotion.excluded_by', message: excluded },
          { code: 'BETTER', applied: true },
        ],
      },
    });
  });

  it('that takes nothing off is 422 with the reason, what is wanted and what there is', async () => {
    await givenCode('SUMMER', { conditions: { minimumSubtotal: dollars('50.00') } });
    expect(await ask('POST', '/cart/coupons', { code: 'SUMMER' })).toMatchObject({
      status: 422,
      errors: [
        {
          code: 'coupon.below_minimum',
          message: 'Code SUMMER needs goods for 50.00, this cart has 30.00.',
          path: 'code',
          detail: { coupon_code: 'SUMMER', minimum: usd('50.00'), reached: usd('30.00') },
        },
      ],
    });
    expect((await ask('GET', '/cart')).data).toMatchObject({ version: 1, coupons: [] });
  });

  it('tells times as the wire has them', async () => {
    await givenCode('SUMMER', { startsAt: Date.UTC(2026, 11, 1) as Instant });
    const { errors } = await ask('POST', '/cart/coupons', { code: 'SUMMER' });
    expect(errors?.[0]?.detail).toEqual({
      coupon_code: 'SUMMER',
      starts_at: '2026-12-01T00:00:00.000Z',
    });
  });

  it.each(['', 'no spaces', 'ЛЕТО', 'X'.repeat(65), 'X'.repeat(10_000)])(
    'that is none is 422: %s',
    async (code) => {
      for (const path of ['/cart/coupons', '/coupons/validate'])
        expect(await ask('POST', path, { code })).toMatchObject({
          status: 422,
          errors: [{ code: 'pricing.malformed_coupon_code', path: 'code' }],
        });
    },
  );
});

describe('taking a code back', () => {
  it('answers with the cart without it; once only', async () => {
    await givenCode('SUMMER');
    await ask('POST', '/cart/coupons', { code: 'SUMMER' });
    expect(await ask('DELETE', '/cart/coupons/summer')).toMatchObject({
      status: 200,
      data: { coupons: [], totals: { discount: usd('0.00') } },
    });
    expect(await ask('DELETE', '/cart/coupons/summer')).toMatchObject({
      status: 404,
      errors: [{ code: 'ordering.coupon_not_in_cart' }],
    });
    expect((await ask('DELETE', '/cart/coupons/no%20code')).status).toBe(404);
  });
});

describe('the quote', () => {
  it('says of every cent why it is there', async () => {
    const id = await givenCode('SUMMER');
    await givenPromotion(shop, { name: 'For many', conditions: { minimumQuantity: 4 } });
    await ask('POST', '/cart/coupons', { code: 'SUMMER' });
    const { data } = await ask('GET', '/cart/quote');
    const { items } = data as { items: readonly { id: string }[] };
    const item = items[0]?.id;
    expect(data).toMatchObject({
      prices: 'exclusive',
      items: [
        {
          discount: usd('3.00'),
          discounts: [{ promotion_id: id, amount: usd('3.00') }],
          taxes: [],
          units: [{ quantity: 3, total: usd('9.00'), tax: usd('0.00') }],
        },
      ],
      shipping: { method: 'standard', rate: usd('5.99'), total: usd('5.99') },
      promotions: [
        { id, name: 'Summer', class: 'order', coupon_code: 'SUMMER', discount: usd('3.00') },
      ],
      rejected: [
        {
          code: 'promotion.below_minimum_quantity',
          coupon_code: null,
          message: '“For many” needs 4 units, this cart has 3.',
        },
      ],
      explanation: [
        { step: 'lines', text: '3 at 10.00 each', shares: [{ item_id: item }] },
        {
          step: 'order_promotions',
          rule: 'percentage',
          text: 'Summer (SUMMER) – 10 % off 3 units: 3.00 of 30.00',
          promotion_id: id,
          coupon_code: 'SUMMER',
          exact: '3.00',
          amount: usd('3.00'),
          shares: [{ item_id: item, amount: usd('3.00') }],
        },
        { step: 'shipping', promotion_id: null, shares: [] },
        { step: 'totals', amount: usd('32.99') },
      ],
    });
  });
});

describe('asking what a code would do', () => {
  it('is answered without a change', async () => {
    const id = await givenCode('SUMMER');
    expect(await ask('POST', '/coupons/validate', { code: 'SUMMER' })).toMatchObject({
      status: 200,
      data: {
        valid: true,
        code: 'SUMMER',
        reason: null,
        message: null,
        discount: usd('3.00'),
        promotion: { id, name: 'Summer' },
      },
    });
    expect(await ask('POST', '/coupons/validate', { code: 'WINTER' })).toMatchObject({
      status: 200,
      data: { valid: false, reason: 'coupon.unknown', message: 'There is no code WINTER.' },
    });
    await givenCode('SOON', { name: 'Secret', startsAt: Date.UTC(2026, 11, 1) as Instant });
    expect(await ask('POST', '/coupons/validate', { code: 'SOON' })).toMatchObject({
      status: 200,
      data: { valid: false, reason: 'coupon.not_started', promotion: null },
    });
    expect((await ask('GET', '/cart')).data).toMatchObject({ version: 1, coupons: [] });
  });
});

describe('the address of the cart', () => {
  const address = {
    name: 'Ada Lovelace',
    line1: '12 St James’s Square',
    city: 'London',
    postal_code: 'SW1Y 4JH',
    country: 'GB',
  };

  it('is shown, decides what applies, and is where the order goes', async () => {
    await givenCode('BRITAIN', { conditions: { shippingCountries: ['GB' as Country] } });
    expect((await ask('GET', '/cart')).data).toMatchObject({
      shipping_address: null,
      estimated: true,
    });
    expect((await ask('POST', '/cart/coupons', { code: 'BRITAIN' })).status).toBe(422);
    expect(await ask('PUT', '/cart/address', address)).toMatchObject({
      status: 200,
      message: 'Address chosen',
      data: { shipping_address: { ...address, line2: null, region: null, phone: null } },
    });
    expect((await ask('PUT', '/cart/shipping', { method: 'standard' })).data).toMatchObject({
      estimated: false,
    });
    expect((await ask('POST', '/cart/coupons', { code: 'BRITAIN' })).status).toBe(200);
    expect(await ask('POST', '/orders', { payment_method: 'manual' })).toMatchObject({
      status: 201,
      data: { shipping_address: address, promotions: [{ coupon_code: 'BRITAIN' }] },
    });
  });

  it('is 422 where it is none', async () => {
    for (const [wrong, path] of [
      [{ ...address, country: 'XX' }, 'country'],
      [{ ...address, postal_code: ' ' }, 'postal_code'],
      [{ ...address, planet: 'Earth' }, 'planet'],
    ] as const)
      expect(await ask('PUT', '/cart/address', wrong)).toMatchObject({
        status: 422,
        errors: [{ path }],
      });
  });
});

describe('an order', () => {
  const checkout = {
    shipping_address: {
      name: 'Ada Lovelace',
      line1: '12 St James’s Square',
      city: 'London',
      postal_code: 'SW1Y 4JH',
      country: 'GB',
    },
    payment_method: 'manual',
  };

  it('without an address, where the cart has none either, is 422', async () => {
    expect(await ask('POST', '/orders', { payment_method: 'manual' })).toMatchObject({
      status: 422,
      errors: [{ code: 'ordering.shipping_address_required', path: 'shipping_address' }],
    });
  });

  it('takes the codes that it states, in whatever case, and no more than a cart', async () => {
    await givenCode('SUMMER');
    expect(
      await ask('POST', '/orders', { ...checkout, coupons: ['summer', ' SUMMER'] }),
    ).toMatchObject({ status: 201, data: { promotions: [{ coupon_code: 'SUMMER' }] } });
    const coupons = Array.from({ length: 11 }, (_none, index) => `CODE-${index}`);
    expect(await ask('POST', '/orders', { ...checkout, coupons })).toMatchObject({
      status: 422,
      errors: [{ path: 'coupons' }],
    });
    expect(await ask('POST', '/orders', { ...checkout, coupons: ['no code'] })).toMatchObject({
      status: 422,
      errors: [{ code: 'pricing.malformed_coupon_code', path: 'coupons.0' }],
    });
  });

  it('shows what was taken off, by which promotion and under which code', async () => {
    const id = await givenCode('SUMMER');
    await ask('POST', '/cart/coupons', { code: 'SUMMER' });
    expect(await ask('POST', '/orders', checkout)).toMatchObject({
      status: 201,
      data: {
        prices: 'exclusive',
        items: [{ discounts: [{ promotion_id: id, amount: usd('3.00') }], total: usd('27.00') }],
        shipping: { method: 'standard', rate: usd('5.99') },
        promotions: [{ id, coupon_code: 'SUMMER', discount: usd('3.00') }],
        totals: { discount: usd('3.00'), tax_relief: usd('0.00'), total: usd('32.99') },
      },
    });
  });

  it('is stopped by a code that does not apply any more: 409, and each such code is named', async () => {
    await givenCode('SUMMER', { endsAt: (shop.clock.now() + 60_000) as Instant });
    await ask('POST', '/cart/coupons', { code: 'SUMMER' });
    shop.clock.advance(60);
    expect(await ask('POST', '/orders', checkout)).toMatchObject({
      status: 409,
      errors: [
        {
          code: 'ordering.coupon_does_not_apply',
          message:
            'Code SUMMER was valid until 23 November 2026, 09:31 UTC. Take the code out of the cart.',
          detail: {
            coupons: [
              {
                reason: 'coupon.expired',
                coupon_code: 'SUMMER',
                ends_at: '2026-11-23T09:31:00.000Z',
              },
            ],
          },
        },
      ],
    });
  });
});
