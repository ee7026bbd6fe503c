import { err, ok, okAsync } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, UserId, VariantId } from '@kastoma/domain/core';

import { anAddress } from '../testing/builders/address.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { asCustomer, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { clicksOf, orderingUseCases } from '../testing/ordering-use-cases.ts';
import type { PricingChange } from '../testing/ports/changed-pricing.ts';
import { givenCoupon, givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCustomer, givenVariant } from '../testing/stocked-shop.ts';
import type { PricedCart } from './cart-pricing.port.ts';
import type { PlaceOrderCommand } from './place-order.use-case.ts';

type Terms = NonNullable<Parameters<typeof givenPromotion>[1]>;

let shop: ShopPorts;
let ada: UserId;
let lamp: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  ada = await givenCustomer(shop);
  lamp = (await givenVariant(shop, 90)).variantId;
});

async function givenTwoLampsOf(customerId: UserId): Promise<void> {
  const added = await clicksOf(customerId, orderingUseCases(shop)).addVariant(lamp, 2);
  expect(added.isOk()).toBe(true);
}

async function givenCode(code: string, terms: Terms = {}, singleUse = false): Promise<void> {
  const promotion = await givenPromotion(shop, { name: 'Summer', automatic: false, ...terms });
  await givenCoupon(shop, promotion, { code, singleUse });
}

async function present(customerId: UserId, code: string): Promise<void> {
  const presented = await clicksOf(customerId, orderingUseCases(shop)).presentCode(code);
  expect(presented.isOk()).toBe(true);
}

function place(
  customerId: UserId,
  { placeOrder } = orderingUseCases(shop),
  context = asCustomer(customerId),
  wishes: Partial<PlaceOrderCommand> = {},
) {
  const shippingAddress = anAddress();
  const unsaid = { email: null, billingAddress: null, shippingMethod: null, couponCodes: null };
  const how = { ...unsaid, paymentMethod: 'manual', quoteHash: null, notes: '' };
  return placeOrder.execute({ customerId, shippingAddress, ...how, ...wishes }, context);
}

async function usesOf(id: string): Promise<number | undefined> {
  const counted = await shop.pricing.run(asCustomer(ada), ({ uses }) =>
    uses.usesOf([id as never], { id: ada, email: null }),
  );
  return counted._unsafeUnwrap()[0]?.total;
}

describe('an order of a cart with promotions', () => {
  it('freezes the quote: shares, units, shipping and what was applied', async () => {
    const tea = await givenPromotion(shop, { name: 'Tea week' });
    await givenCode('SHIP', { effects: [{ type: 'free_shipping' }], class: 'shipping' });
    await givenTwoLampsOf(ada);
    await present(ada, 'SHIP');
    const order = (await place(ada))._unsafeUnwrap();
    const zero = dollars('0.00');
    expect(order).toMatchObject({
      prices: 'exclusive',
      items: [
        {
          discount: dollars('4.00'),
          discounts: [{ promotionId: tea.state.id, amount: dollars('4.00') }],
          total: dollars('35.98'),
          units: [{ quantity: 2, total: dollars('17.99'), tax: zero }],
        },
      ],
      shipping: {
        method: 'standard',
        rate: dollars('5.99'),
        discount: dollars('5.99'),
        total: zero,
      },
      promotions: [
        { name: 'Tea week', couponCode: null, discount: dollars('4.00'), shippingDiscount: zero },
        { couponCode: 'SHIP', discount: zero, shippingDiscount: dollars('5.99') },
      ],
      totals: { discount: dollars('4.00'), shipping: zero, total: dollars('35.98') },
      payments: [{ amount: dollars('35.98') }],
    });
    expect(await shop.orderQueries.find(order.id as never, ada)).toEqual(ok(order));
  });

  it('counts a use of each promotion that took something off, and of no other', async () => {
    const tea = await givenPromotion(shop);
    const dear = await givenPromotion(shop, {
      conditions: { minimumSubtotal: dollars('1000.00') },
    });
    await givenTwoLampsOf(ada);
    expect((await place(ada)).isOk()).toBe(true);
    expect([await usesOf(tea.state.id), await usesOf(dear.state.id)]).toEqual([1, 0]);
  });

  it('counts once under one key', async () => {
    const tea = await givenPromotion(shop);
    await givenTwoLampsOf(ada);
    const answer = { status: 201, headers: {}, body: 'the order' };
    const context = underKey(asCustomer(ada), 'order', { answerOf: () => answer });
    expect((await place(ada, orderingUseCases(shop), context)).isOk()).toBe(true);
    expect((await place(ada, orderingUseCases(shop), context)).isErr()).toBe(true);
    expect(await usesOf(tea.state.id)).toBe(1);
  });

  it('counts nothing when it is not placed after all', async () => {
    const tea = await givenPromotion(shop);
    const gone = (await givenVariant(shop, 0)).variantId;
    await givenTwoLampsOf(ada);
    const added = await clicksOf(ada, orderingUseCases(shop)).addVariant(gone, 1);
    expect(added.isOk()).toBe(true);
    expect((await place(ada))._unsafeUnwrapErr()).toMatchObject({ code: 'ordering.out_of_stock' });
    expect(await usesOf(tea.state.id)).toBe(0);
  });

  it('gets what is for a first order once', async () => {
    await givenPromotion(shop, { conditions: { firstOrder: true } });
    await givenTwoLampsOf(ada);
    expect((await place(ada))._unsafeUnwrap().totals.discount).toEqual(dollars('4.00'));
    await givenTwoLampsOf(ada);
    expect((await place(ada))._unsafeUnwrap().totals.discount).toEqual(dollars('0.00'));
  });

  it('knows where the goods go, though the cart did not', async () => {
    const shippingAddress = anAddress({ country: 'GB' });
    await givenPromotion(shop, { conditions: { shippingCountries: [shippingAddress.country] } });
    await givenTwoLampsOf(ada);
    const { viewCart } = orderingUseCases(shop);
    const seen = (await viewCart.execute({ customerId: ada }))._unsafeUnwrap();
    expect(seen.totals.discount).toEqual(dollars('0.00'));
    const context = asCustomer(ada);
    const placeAs = (quoteHash: string) =>
      place(ada, orderingUseCases(shop), context, { shippingAddress, quoteHash });
    const refused = await placeAs(seen.quoteHash);
    const changed = refused._unsafeUnwrapErr();
    expect(changed).toMatchObject({
      code: 'ordering.quote_changed',
      cart: { totals: { discount: dollars('4.00') } },
    });
    const { quoteHash } = (changed as unknown as { cart: { quoteHash: string } }).cart;
    expect((await placeAs(quoteHash)).isOk()).toBe(true);
  });
});

describe('the codes that an order states', () => {
  const codesOf = (order: { promotions: readonly { couponCode: string | null }[] }) =>
    order.promotions.map(({ couponCode }) => couponCode);

  it('win over those of the cart, in whatever number; none means none', async () => {
    await givenCode('SUMMER');
    await givenCode('WINTER');
    for (const [couponCodes, applied] of [
      [['WINTER', 'WINTER'], ['WINTER']],
      [[], []],
      [null, ['SUMMER']],
    ] as const) {
      await givenTwoLampsOf(ada);
      await present(ada, 'SUMMER');
      const placed = await place(ada, orderingUseCases(shop), asCustomer(ada), { couponCodes });
      expect(codesOf(placed._unsafeUnwrap())).toEqual(applied);
    }
  });

  it('must apply like those of the cart', async () => {
    await givenTwoLampsOf(ada);
    const wishes = { couponCodes: ['NOTHING'] };
    expect(await place(ada, orderingUseCases(shop), asCustomer(ada), wishes)).toMatchObject(
      err({
        code: 'ordering.coupon_does_not_apply',
        rejections: [{ code: 'coupon.unknown', couponCode: 'NOTHING' }],
      }),
    );
  });
});

describe('a code of the cart that does not apply any more', () => {
  it('stops the order with the reason, until it is taken out', async () => {
    await givenCode('SUMMER', { endsAt: (shop.clock.now() + 60_000) as Instant });
    await givenTwoLampsOf(ada);
    await present(ada, 'SUMMER');
    shop.clock.advance(60);
    expect((await place(ada))._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.coupon_does_not_apply',
      rejections: [{ code: 'coupon.expired', couponCode: 'SUMMER' }],
    });
    expect((await shop.orderQueries.list(ada, { page: 1, pageSize: 1 })).count).toBe(0);
    const { removeCoupon } = orderingUseCases(shop);
    const command = { customerId: ada, couponCode: 'SUMMER', expectedVersion: null };
    expect((await removeCoupon.execute(command, asCustomer(ada))).isOk()).toBe(true);
    expect((await place(ada))._unsafeUnwrap().totals.discount).toEqual(dollars('0.00'));
  });

  it.each<[what: string, code: string, terms: Terms, singleUse: boolean]>([
    ['others used it up', 'coupon.limit_reached', { limits: { total: 1 } }, false],
    ['it was for one use', 'coupon.used_up', {}, true],
  ])('stops it as well when %s', async (_what, code, terms, singleUse) => {
    await givenCode('SUMMER', terms, singleUse);
    const rival = await givenCustomer(shop);
    for (const customer of [ada, rival]) {
      await givenTwoLampsOf(customer);
      await present(customer, 'SUMMER');
    }
    expect((await place(rival))._unsafeUnwrap().totals.discount).toEqual(dollars('4.00'));
    expect((await place(ada))._unsafeUnwrapErr()).toMatchObject({ rejections: [{ code }] });
  });

  it('stops the second order of a customer who had their share', async () => {
    await givenCode('SUMMER', { limits: { perCustomer: 1 } });
    await givenTwoLampsOf(ada);
    await present(ada, 'SUMMER');
    expect((await place(ada)).isOk()).toBe(true);
    await givenTwoLampsOf(ada);
    const again = await clicksOf(ada, orderingUseCases(shop)).presentCode('SUMMER');
    expect(again._unsafeUnwrapErr()).toMatchObject({
      code: 'coupon.customer_limit_reached',
      message: 'Code SUMMER can be used once by one customer, and you have done so.',
    });
  });
});

describe('the last use, taken by somebody else while an order was priced', () => {
  /** Prices the first time as it would have been before the rival came. */
  async function asSeenBeforeTheRival(): Promise<PricingChange> {
    let seen: PricedCart | null = null;
    const remember: PricingChange = (pricing) => ({
      shippingMethods: pricing.shippingMethods,
      price: (cart) =>
        pricing.price(cart).map((priced) => {
          seen = priced;
          return priced;
        }),
    });
    const looked = orderingUseCases(shop, { pricing: remember }).viewCart.execute({
      customerId: ada,
    });
    expect((await looked).isOk()).toBe(true);
    return (pricing) => ({
      shippingMethods: pricing.shippingMethods,
      price: (cart) => {
        const stale = seen;
        seen = null;
        return stale === null ? pricing.price(cart) : okAsync(stale);
      },
    });
  }

  it('leaves an automatic promotion out, and the order is placed without it', async () => {
    const tea = await givenPromotion(shop, { limits: { total: 1 } });
    const rival = await givenCustomer(shop);
    for (const customer of [ada, rival]) await givenTwoLampsOf(customer);
    const pricing = await asSeenBeforeTheRival();
    expect((await place(rival)).isOk()).toBe(true);
    const order = (await place(ada, orderingUseCases(shop, { pricing })))._unsafeUnwrap();
    expect(order).toMatchObject({ promotions: [], totals: { discount: dollars('0.00') } });
    expect(await usesOf(tea.state.id)).toBe(1);
  });

  it('shows the dearer cart to whoever saw the cheaper price', async () => {
    await givenPromotion(shop, { limits: { total: 1 } });
    const rival = await givenCustomer(shop);
    for (const customer of [ada, rival]) await givenTwoLampsOf(customer);
    const { quoteHash } = (
      await orderingUseCases(shop).viewCart.execute({ customerId: ada })
    )._unsafeUnwrap();
    const pricing = await asSeenBeforeTheRival();
    expect((await place(rival)).isOk()).toBe(true);
    const late = orderingUseCases(shop, { pricing });
    const tooLate = await place(ada, late, asCustomer(ada), { quoteHash });
    expect(tooLate._unsafeUnwrapErr()).toMatchObject({
      code: 'ordering.quote_changed',
      cart: { totals: { total: dollars('45.97') } },
    });
  });

  it('stops an order whose cart holds the code', async () => {
    await givenCode('SUMMER', { limits: { total: 1 } });
    const rival = await givenCustomer(shop);
    for (const customer of [ada, rival]) {
      await givenTwoLampsOf(customer);
      await present(customer, 'SUMMER');
    }
    const pricing = await asSeenBeforeTheRival();
    expect((await place(rival)).isOk()).toBe(true);
    expect(await place(ada, orderingUseCases(shop, { pricing }))).toEqual(
      err({
        code: 'ordering.coupon_does_not_apply',
        rejections: [
          {
            code: 'coupon.limit_reached',
            couponCode: 'SUMMER',
            message: 'Code SUMMER could be used once in all, and has been.',
            facts: { limit: 1 },
          },
        ],
      }),
    );
  });
});
