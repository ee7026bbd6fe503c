import { err } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Country, Instant, UserId, VariantId } from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { dollars, money } from '../testing/builders/money.builder.ts';
import { percent } from '../testing/builders/promotion.builder.ts';
import { asCustomer, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import {
  clicksOf,
  orderingUseCases,
  type OrderingUseCases,
} from '../testing/ordering-use-cases.ts';
import { givenCoupon, givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';

type Terms = NonNullable<Parameters<typeof givenPromotion>[1]>;

let shop: ShopPorts;
let customerId: UserId;
let useCases: OrderingUseCases;
let clicks: ReturnType<typeof clicksOf>;
let lamp: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  customerId = await givenCustomer(shop);
  useCases = orderingUseCases(shop);
  clicks = clicksOf(customerId, useCases);
  lamp = (await givenVariant(shop, 9)).variantId;
});

const at = (text: string) => Date.parse(text) as Instant;

async function givenTwoLamps(): Promise<void> {
  expect((await clicks.addVariant(lamp, 2)).isOk()).toBe(true);
}

/** A code for a promotion that is not automatic: a tenth off, unless told. */
async function givenCode(code: string, terms: Terms = {}, singleUse = false): Promise<void> {
  const promotion = await givenPromotion(shop, { name: 'Summer', automatic: false, ...terms });
  await givenCoupon(shop, promotion, { code, singleUse });
}

/** The cart holds these codes, whatever becomes of them. */
async function holdCodes(...codes: readonly string[]): Promise<void> {
  const held = shop.ordering.run(asCustomer(customerId), ({ carts }) =>
    carts
      .findActive(customerId)
      .andThen(
        (active) => active?.replaceCoupons(codes, shop.clock.now()) ?? expect.fail('no cart'),
      )
      .andThen((changed) => carts.save(changed)),
  );
  expect((await held).isOk()).toBe(true);
}

async function shipTo(country: string): Promise<void> {
  const choice = { customerId, expectedVersion: null, address: anAddress({ country }) };
  expect((await useCases.chooseAddress.execute(choice, asCustomer(customerId))).isOk()).toBe(true);
}

async function cart() {
  return (await useCases.viewCart.execute({ customerId }))._unsafeUnwrap();
}

describe('presenting a code', () => {
  it('takes off what it presents, at once and from then on', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    const applied = (await clicks.presentCode('SUMMER'))._unsafeUnwrap();
    expect(applied).toMatchObject({
      version: 2,
      coupons: [
        {
          code: 'SUMMER',
          promotion: { name: 'Summer' },
          discount: dollars('4.00'),
          rejection: null,
        },
      ],
      items: [{ discount: dollars('4.00'), total: dollars('35.98') }],
      totals: { discount: dollars('4.00'), total: dollars('41.97') },
    });
    expect(await cart()).toEqual(applied);
    const more = (await clicks.addVariant(lamp, 3))._unsafeUnwrap();
    expect(more.totals.discount).toEqual(dollars('10.00'));
  });

  it('tells what came off, of what, and whose share it is', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    const { items, explanation } = (await clicks.presentCode('SUMMER'))._unsafeUnwrap();
    expect(explanation.map(({ text }) => text)).toEqual([
      '2 at 19.99 each',
      'Summer (SUMMER) – 10 % off 2 units: 4.00 of 39.98',
      'Shipping by standard at its flat rate',
      'Goods 35.98 plus shipping 5.99',
    ]);
    expect(explanation[1]).toMatchObject({
      exact: '3.998',
      amount: dollars('4.00'),
      couponCode: 'SUMMER',
      shares: [{ lineId: items[0]?.id, amount: dollars('4.00') }],
    });
  });

  it('again changes nothing', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    const once = (await clicks.presentCode('SUMMER'))._unsafeUnwrap();
    expect((await clicks.presentCode('SUMMER'))._unsafeUnwrap()).toEqual(once);
  });

  it('takes free shipping off, though nothing of the goods', async () => {
    await givenTwoLamps();
    await givenCode('FREE', { effects: [{ type: 'free_shipping' }], class: 'shipping' });
    expect((await clicks.presentCode('FREE'))._unsafeUnwrap()).toMatchObject({
      coupons: [{ discount: dollars('5.99'), rejection: null }],
      shipping: { rate: dollars('5.99'), discount: dollars('5.99'), total: dollars('0.00') },
      totals: { discount: dollars('0.00'), shipping: dollars('0.00'), total: dollars('39.98') },
    });
  });

  it.each<[code: string, message: string, terms: Terms]>([
    [
      'coupon.not_started',
      'Code SUMMER is not valid before 1 December 2026.',
      { startsAt: at('2026-12-01T00:00:00Z') },
    ],
    [
      'coupon.expired',
      'Code SUMMER was valid until 23 November 2026, 09:30 UTC.',
      { endsAt: at('2026-11-23T09:30:00Z') },
    ],
    ['coupon.inactive', 'Code SUMMER is not active.', { isActive: false }],
    [
      'coupon.below_minimum',
      'Code SUMMER needs goods for 50.00, this cart has 39.98.',
      { conditions: { minimumSubtotal: dollars('50.00') } },
    ],
    [
      'coupon.below_minimum_quantity',
      'Code SUMMER needs 3 units, this cart has 2.',
      { conditions: { minimumQuantity: 3 } },
    ],
    [
      'coupon.other_currency',
      'Code SUMMER is for another currency than this cart’s.',
      {
        effects: [{ type: 'fixed_amount', amount: money('5.00', 'EUR'), spread: 'across' }],
      },
    ],
    [
      'coupon.not_for_customer',
      'Code SUMMER is for a group of customers that you are not in.',
      { conditions: { customerGroups: ['trade'] } },
    ],
    [
      'coupon.not_for_destination',
      'Code SUMMER is not for the place that this cart is shipped to.',
      { conditions: { shippingCountries: ['GB' as Country] } },
    ],
    [
      'coupon.no_eligible_items',
      'Code SUMMER is for other goods than those of this cart.',
      { conditions: { tags: ['tea'] } },
    ],
    [
      'coupon.nothing_to_discount',
      'Code SUMMER finds nothing in this cart to take off.',
      { effects: [{ type: 'buy_x_get_y', buy: 5, get: 1, percentage: percent('100') }] },
    ],
  ])(
    'that takes nothing off is refused, %s, and nothing is saved',
    async (code, message, terms) => {
      await givenTwoLamps();
      await givenCode('SUMMER', terms);
      const refused = (await clicks.presentCode('SUMMER'))._unsafeUnwrapErr();
      expect(refused).toMatchObject({ code, message, couponCode: 'SUMMER' });
      expect(await cart()).toMatchObject({ version: 1, coupons: [] });
    },
  );

  it('that nobody knows is refused', async () => {
    await givenTwoLamps();
    expect((await clicks.presentCode('NOTHING'))._unsafeUnwrapErr()).toMatchObject({
      code: 'coupon.unknown',
      message: 'There is no code NOTHING.',
    });
  });

  it('that another one shuts out is refused, and it is said which', async () => {
    await givenTwoLamps();
    await givenPromotion(shop, { name: 'Opening week', isExclusive: true, priority: 5 });
    await givenCode('SUMMER');
    const refused = (await clicks.presentCode('SUMMER'))._unsafeUnwrapErr();
    expect(refused).toMatchObject({
      code: 'promotion.excluded_by',
      message: 'Code SUMMER cannot be combined with “Opening week”, which is used instead.',
    });
    expect((await cart()).rejected).toEqual([]);
  });

  it('for what another code gives already is refused', async () => {
    await givenTwoLamps();
    const promotion = await givenPromotion(shop, { automatic: false });
    for (const code of ['A-ONE', 'B-TWO']) await givenCoupon(shop, promotion, { code });
    expect((await clicks.presentCode('A-ONE')).isOk()).toBe(true);
    expect((await clicks.presentCode('B-TWO'))._unsafeUnwrapErr()).toMatchObject({
      code: 'coupon.same_promotion',
    });
  });

  it('to an empty cart takes nothing off', async () => {
    await givenCode('SUMMER');
    expect((await clicks.presentCode('SUMMER')).isErr()).toBe(true);
    expect(await cart()).toMatchObject({ id: null, version: 0 });
  });

  it('beyond the tenth is refused', async () => {
    await givenTwoLamps();
    for (let count = 1; count <= 11; count += 1) {
      await givenCode(`CODE-${count}`, {
        effects: [{ type: 'fixed_amount', amount: dollars('0.10'), spread: 'across' }],
      });
      const presented = await clicks.presentCode(`CODE-${count}`);
      expect(presented.isOk()).toBe(count <= 10);
      if (count > 10) {
        const tooMany = { code: 'ordering.too_many_coupons', maximum: 10 };
        expect(presented).toEqual(err(tooMany));
      }
    }
  });
});

describe('a code in the cart', () => {
  it('stays when it no longer applies, and the cart says why', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER', { endsAt: at('2026-11-23T10:00:00Z') });
    expect((await clicks.presentCode('SUMMER')).isOk()).toBe(true);
    shop.clock.advance(30 * 60);
    expect(await cart()).toMatchObject({
      totals: { discount: dollars('0.00') },
      coupons: [
        {
          code: 'SUMMER',
          promotion: { name: 'Summer' },
          discount: dollars('0.00'),
          rejection: {
            code: 'coupon.expired',
            message: 'Code SUMMER was valid until 23 November 2026, 10:00 UTC.',
          },
        },
      ],
      rejected: [{ code: 'coupon.expired', couponCode: 'SUMMER' }],
    });
  });

  it('is taken back, and once only', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    expect((await clicks.presentCode('SUMMER')).isOk()).toBe(true);
    const remove = () =>
      useCases.removeCoupon.execute(
        { customerId, couponCode: 'SUMMER', expectedVersion: null },
        asCustomer(customerId),
      );
    expect((await remove())._unsafeUnwrap()).toMatchObject({
      version: 3,
      coupons: [],
      totals: { discount: dollars('0.00') },
    });
    expect(await remove()).toEqual(err({ code: 'ordering.coupon_not_in_cart' }));
  });

  it('goes when the cart is emptied', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    expect((await clicks.presentCode('SUMMER')).isOk()).toBe(true);
    const everything = { customerId, expectedVersion: null };
    const cleared = await useCases.clearCart.execute(everything, asCustomer(customerId));
    expect(cleared._unsafeUnwrap().coupons).toEqual([]);
  });
});

describe('an automatic promotion', () => {
  it('needs no code, and one that does not apply says why', async () => {
    await givenPromotion(shop, { name: 'Tea week', conditions: { minimumQuantity: 3 } });
    await givenTwoLamps();
    expect(await cart()).toMatchObject({
      totals: { discount: dollars('0.00') },
      coupons: [],
      promotions: [],
      rejected: [
        {
          code: 'promotion.below_minimum_quantity',
          couponCode: null,
          message: '“Tea week” needs 3 units, this cart has 2.',
        },
      ],
    });
    const three = (await clicks.addVariant(lamp, 1))._unsafeUnwrap();
    expect(three).toMatchObject({
      totals: { discount: dollars('6.00') },
      promotions: [{ name: 'Tea week', couponCode: null, discount: dollars('6.00') }],
      rejected: [],
    });
  });

  it('for the country of the shop can be presented before anybody knows where to', async () => {
    await givenTwoLamps();
    await givenCode('HOME', { conditions: { shippingCountries: ['US' as Country] } });
    await givenCode('AWAY', { conditions: { shippingCountries: ['GB' as Country] } });
    expect((await clicks.presentCode('HOME'))._unsafeUnwrap().coupons).toMatchObject([
      { rejection: null },
    ]);
    expect(await clicks.presentCode('AWAY')).toMatchObject(
      err({ code: 'coupon.not_for_destination', couponCode: 'AWAY' }),
    );
  });

  it('for some countries follows the address of the cart', async () => {
    await givenTwoLamps();
    await givenPromotion(shop, { conditions: { shippingCountries: ['GB' as Country] } });
    expect((await cart()).totals.discount).toEqual(dollars('0.00'));
    await shipTo('GB');
    expect((await cart()).totals.discount).toEqual(dollars('4.00'));
    await shipTo('FR');
    expect((await cart()).totals.discount).toEqual(dollars('0.00'));
  });
});

describe('a promotion that nobody is to know of yet', () => {
  const startsAt = at('2026-12-01T00:00:00Z');

  it.each([
    ['is switched off', { isActive: false }],
    ['has not begun', { startsAt }],
  ])('and that %s is not named in a cart that holds its codes', async (_why, terms) => {
    await givenTwoLamps();
    const promotion = await givenPromotion(shop, { name: 'Secret sale', automatic: false });
    for (const code of ['ONE', 'TWO']) await givenCoupon(shop, promotion, { code });
    expect((await clicks.presentCode('ONE')).isOk()).toBe(true);
    const { id } = promotion.state;
    const revised = shop.pricing.run(asCustomer(customerId), ({ promotions }) =>
      promotions
        .find(id)
        .andThen((found) => found.revise(terms, shop.clock.now()))
        .andThen((changed) => promotions.save(changed)),
    );
    expect((await revised).isOk()).toBe(true);
    await holdCodes('ONE', 'TWO');
    const { coupons, rejected } = await cart();
    expect(coupons.map(({ code, promotion: shown }) => [code, shown])).toEqual([
      ['ONE', null],
      ['TWO', null],
    ]);
    expect(rejected.map(({ couponCode, promotionId }) => [couponCode, promotionId])).toEqual(
      expect.arrayContaining([
        ['ONE', null],
        ['TWO', null],
      ]),
    );
  });
});

describe('asking what a code would do', () => {
  const validate = async (code: string) =>
    (
      await useCases.validateCoupon.execute({ customerId }, code, asCustomer(customerId))
    )._unsafeUnwrap();

  it('answers for the cart as it is, and changes nothing', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    expect(await validate('SUMMER')).toMatchObject({
      promotion: { name: 'Summer' },
      discount: dollars('4.00'),
      rejection: null,
    });
    expect(await cart()).toMatchObject({ version: 1, coupons: [] });
  });

  it('says why it would do nothing', async () => {
    await givenTwoLamps();
    expect(await validate('NOTHING')).toMatchObject({
      promotion: null,
      discount: dollars('0.00'),
      rejection: { code: 'coupon.unknown' },
    });
  });

  it('shows what a code presents to those alone for whom it does something', async () => {
    await givenTwoLamps();
    await givenCode('LARGE', { conditions: { minimumQuantity: 3 } });
    expect(await validate('LARGE')).toMatchObject({
      promotion: null,
      rejection: { code: 'coupon.below_minimum_quantity' },
    });
  });

  it('is answered once under one key, whatever became of the cart', async () => {
    await givenTwoLamps();
    await givenCode('SUMMER');
    const ask = (fingerprint = 'one') =>
      useCases.validateCoupon.execute(
        { customerId },
        'SUMMER',
        underKey(asCustomer(customerId), 'key', { fingerprint }),
      );
    expect((await ask())._unsafeUnwrap()).toMatchObject({ discount: dollars('4.00') });
    expect((await clicks.addVariant(lamp, 1)).isOk()).toBe(true);
    expect(await ask()).toMatchObject(err({ code: 'core.idempotent_replay' }));
    expect(await ask('two')).toEqual(err({ code: 'core.idempotency_key_reused' }));
  });

  it('needs no cart', async () => {
    await givenCode('SUMMER');
    expect((await validate('SUMMER')).rejection).not.toBeNull();
    expect((await shop.carts.findActive(customerId))._unsafeUnwrap()).toBeNull();
  });
});
