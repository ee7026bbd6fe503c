import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { CartId, Currency, Quantity, UserId, VariantId } from '@kastoma/domain/core';
import { Cart } from '@kastoma/domain/ordering';

import { anAddress } from '../testing/builders/address.builder.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { aCart } from '../testing/builders/cart.builder.ts';
import { dollars } from '../testing/builders/money.builder.ts';
import { asCustomer, SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import {
  clicksOf,
  orderingUseCases,
  type OrderingUseCases,
} from '../testing/ordering-use-cases.ts';
import type { OfferChange } from '../testing/ports/changed-offers.ts';
import { FakeGuestTokens } from '../testing/ports/fake-guest-tokens.ts';
import { FakeMailer } from '../testing/ports/fake-mailer.ts';
import { givenCoupon, givenPromotion } from '../testing/promoted-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenCart, givenCustomer, givenOrder, givenVariant } from '../testing/stocked-shop.ts';
import { ExpireCarts, GUEST_CART_DAYS, LEFT_CART_DAYS } from './expire-carts.use-case.ts';
import { ORDER_TOKEN_LIFE_MILLISECONDS } from './guest-tokens.port.ts';
import { LOOKUPS_FOR_ADDRESS, LOOKUPS_OF_NETWORK } from './look-up-order.use-case.ts';
import { MailOrderToken } from './mail-order-token.errand.ts';
import type { PlaceOrderCommand } from './place-order.use-case.ts';

let shop: ShopPorts;
let useCases: OrderingUseCases;
let lamp: VariantId;
let chair: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  useCases = orderingUseCases(shop);
  lamp = (await givenVariant(shop, 9, { name: 'Lamp', variants: [{ price: '10.00' }] })).variantId;
  chair = (await givenVariant(shop, 9, { name: 'Chair', variants: [{ price: '80.00' }] }))
    .variantId;
});

function add(
  guestCart: CartId | null,
  variantId: VariantId,
  quantity = 1,
  currency: string | null = null,
) {
  return useCases.addToCart.execute(
    {
      guestCart,
      choice: { kind: 'variant', variantId },
      quantity: quantity as Quantity,
      currency: currency as Currency | null,
    },
    SHOP,
  );
}

async function openCart(variantId = lamp, quantity = 1): Promise<CartId> {
  return (await add(null, variantId, quantity))._unsafeUnwrap().id as CartId;
}

function place(guestCart: CartId, wishes: Partial<PlaceOrderCommand> = {}) {
  return useCases.placeOrder.execute(
    {
      guestCart,
      shippingAddress: anAddress(),
      email: 'guest@people.example',
      billingAddress: null,
      shippingMethod: null,
      couponCodes: null,
      paymentMethod: 'manual',
      quoteHash: null,
      notes: '',
      ...wishes,
    },
    SHOP,
  );
}

describe('a guest’s cart', () => {
  it('is opened by the first thing that is put in, and found by its id from then on', async () => {
    const id = await openCart(lamp, 2);
    const more = (await add(id, lamp, 1))._unsafeUnwrap();
    expect(more).toMatchObject({ id, version: 2, itemCount: 3 });
    const seen = (await useCases.viewCart.execute({ guestCart: id }))._unsafeUnwrap();
    expect(seen).toMatchObject({ id, itemCount: 3 });
  });

  it('is another one for whoever shows no good token, and none to look at', async () => {
    const id = await openCart();
    const unknown = builderIds.next<CartId>();
    expect((await add(unknown, lamp))._unsafeUnwrap().id).not.toBe(id);
    for (const guestCart of [null, unknown])
      expect((await useCases.viewCart.execute({ guestCart }))._unsafeUnwrap()).toMatchObject({
        id: null,
        version: 0,
        items: [],
      });
  });

  it('is never a customer’s, whoever knows its id', async () => {
    const customerId = await givenCustomer(shop);
    const cart = await givenCart(shop, customerId, [
      { ...(await givenVariant(shop, 1)), quantity: 1 },
    ]);
    const guestCart = cart.state.id;
    expect((await useCases.viewCart.execute({ guestCart }))._unsafeUnwrap().id).toBeNull();
    expect((await add(guestCart, lamp))._unsafeUnwrap().id).not.toBe(guestCart);
    expect(await place(guestCart)).toEqual(err({ code: 'ordering.cart_empty' }));
  });

  it('has the currency that its first thing was asked for in, and no other', async () => {
    const id = await openCart();
    expect((await add(id, lamp, 1, 'USD')).isOk()).toBe(true);
    expect(await add(id, lamp, 1, 'EUR')).toEqual(
      err({ code: 'ordering.cart_currency_fixed', currency: 'USD' }),
    );
    expect(await add(null, lamp, 1, 'EUR')).toMatchObject(
      err({ code: 'ordering.offer_not_found' }),
    );
  });
});

describe('what has become of a cart', () => {
  const changesAfter = async (change: OfferChange) => {
    const guestCart = await openCart(lamp, 3);
    expect((await add(guestCart, chair, 1)).isOk()).toBe(true);
    const { viewCart } = orderingUseCases(shop, { change });
    return (await viewCart.execute({ guestCart }))._unsafeUnwrap().changes;
  };

  it('is nothing as long as all is as it was', async () => {
    expect(await changesAfter((offer) => [offer])).toEqual([]);
    const justEnough = { availableUnits: 3 };
    expect(await changesAfter((offer) => [{ ...offer, ...justEnough }])).toEqual([]);
  });

  it('is told for each item: dearer, fewer than wanted, or both', async () => {
    const changes = await changesAfter((offer) =>
      offer.variantId === lamp
        ? [{ ...offer, unitPrice: dollars('11.00'), availableUnits: 2 }]
        : [offer],
    );
    expect(changes).toMatchObject([
      { code: 'cart.price_changed', variantId: lamp, from: dollars('10.00'), to: dollars('11.00') },
      { code: 'cart.less_available', variantId: lamp, wanted: 3, available: 2 },
    ]);
  });

  it('is told of what is no longer for sale, even where nothing else can be said of it', async () => {
    const unpublished = await changesAfter((offer) => [{ ...offer, published: false }]);
    expect(unpublished.map(({ code, variantId }) => [code, variantId])).toEqual([
      ['cart.not_for_sale', lamp],
      ['cart.not_for_sale', chair],
    ]);
    const gone = await changesAfter((offer) => (offer.variantId === lamp ? [] : [offer]));
    expect(gone).toMatchObject([{ code: 'cart.not_for_sale', variantId: lamp }]);
  });

  it('says nothing of a price that nobody had noted', async () => {
    const cart = aCart(null, [{ ...(await givenVariant(shop, 5)), quantity: 1 }]);
    const items = cart.state.items.map((item) => ({ ...item, priceSeen: null }));
    const old = cart.takeOver({ ...cart.state, items }, cart.state.updatedAt);
    expect((await shop.ordering.run(SHOP, ({ carts }) => carts.save(old))).isOk()).toBe(true);
    const seen = await useCases.viewCart.execute({ guestCart: old.state.id });
    expect(seen._unsafeUnwrap().changes).toEqual([]);
  });
});

describe('a guest’s order', () => {
  it('takes an e-mail address, and has no customer', async () => {
    const id = await openCart();
    expect(await place(id, { email: null })).toEqual(err({ code: 'ordering.email_required' }));
    const order = (await place(id))._unsafeUnwrap();
    expect(order).toMatchObject({ customerId: null, email: 'guest@people.example' });
    expect(await place(id)).toEqual(err({ code: 'ordering.cart_empty' }));
  });

  it('counts for its address: a code that each may use once, and the first order', async () => {
    const limits = { perCustomer: 1 };
    const once = await givenPromotion(shop, { name: 'Once', automatic: false, limits });
    await givenCoupon(shop, once, { code: 'ONCE' });
    const order = async (email: string) =>
      place(await openCart(), { email, couponCodes: ['ONCE'] });
    expect((await order('one@people.example')).isOk()).toBe(true);
    expect(await order('one@people.example')).toMatchObject(
      err({ code: 'ordering.coupon_does_not_apply' }),
    );
    expect((await order('two@people.example')).isOk()).toBe(true);
  });

  it('is paid for again by whoever may see it', async () => {
    const { id } = (await place(await openCart()))._unsafeUnwrap();
    const pay = { orderId: id as never, method: 'manual', token: null };
    expect((await useCases.payOrder.execute({ ...pay, customerId: null }, SHOP)).isOk()).toBe(true);
    const somebody = await givenCustomer(shop);
    expect(await useCases.payOrder.execute({ ...pay, customerId: somebody }, SHOP)).toEqual(
      err({ code: 'ordering.order_not_found' }),
    );
  });
});

describe('merging a guest’s cart', () => {
  let customerId: UserId;
  const merge = (guestCart: CartId | null, into = customerId) =>
    useCases.mergeCarts.execute({ customerId: into, guestCart }, asCustomer(into));

  beforeEach(async () => {
    customerId = await givenCustomer(shop);
  });

  it('puts both into one, tells what is new, and leaves nothing to merge again', async () => {
    expect((await clicksOf(customerId, useCases).addVariant(lamp, 2)).isOk()).toBe(true);
    const guestCart = await openCart(lamp, 3);
    expect((await add(guestCart, chair)).isOk()).toBe(true);
    const { cart, report } = (await merge(guestCart))._unsafeUnwrap();
    expect(cart.items.map(({ variantId, quantity }) => [variantId, quantity])).toEqual([
      [lamp, 5],
      [chair, 1],
    ]);
    expect(report?.items).toMatchObject([
      { variantId: lamp, before: 2, after: 5 },
      { variantId: chair, before: 0, after: 1 },
    ]);
    const again = (await merge(guestCart))._unsafeUnwrap();
    expect([again.report, again.cart.itemCount, again.cart.version]).toEqual([
      null,
      6,
      cart.version,
    ]);
  });

  it('opens a cart for who has none, and none where there is nothing to merge', async () => {
    expect((await merge(null))._unsafeUnwrap()).toMatchObject({ cart: { id: null }, report: null });
    const { cart } = (await merge(await openCart(chair)))._unsafeUnwrap();
    const kept = (await shop.carts.findActive(customerId))._unsafeUnwrap();
    expect([cart.id, kept?.state.items.length]).toEqual([kept?.state.id, 1]);
  });

  it('is refused to somebody without an account, and keeps the guest’s cart', async () => {
    const guestCart = await openCart();
    expect(await merge(guestCart, builderIds.next<UserId>())).toEqual(
      err({ code: 'ordering.customer_not_found' }),
    );
    expect((await shop.carts.findOfGuest(guestCart))._unsafeUnwrap()).not.toBeNull();
  });

  it('is refused where the carts are of two currencies: nothing is converted', async () => {
    expect((await clicksOf(customerId, useCases).addVariant(lamp, 1)).isOk()).toBe(true);
    const { id, customerId: nobody } = aCart(null).state;
    const at = shop.clock.now();
    const opened = Cart.open({
      id,
      customerId: nobody,
      currency: 'EUR' as Currency,
      lastVersion: 0,
      at,
    });
    expect((await shop.ordering.run(SHOP, ({ carts }) => carts.save(opened))).isOk()).toBe(true);
    expect(await merge(id)).toEqual(err({ code: 'ordering.cart_currency_fixed', currency: 'USD' }));
    const other = await givenCustomer(shop);
    expect((await merge(id, other))._unsafeUnwrap().cart.currency).toBe('EUR');
  });
});

describe('looking a guest’s order up', () => {
  const lookUp = (number: string, email = 'guest@people.example', network = 'here') =>
    useCases.lookUpOrder.execute({ number, email, network }, SHOP);

  it('answers alike whether or not there is one, however the number is written', async () => {
    const { number } = (await place(await openCart()))._unsafeUnwrap();
    for (const asked of [number, ` ${number.toLowerCase()}`, 'KAS-2026-9', ''])
      expect(await lookUp(asked)).toEqual(ok(null));
  });

  it('is done so often for an address and from a network, and not more', async () => {
    for (let count = 0; count < LOOKUPS_FOR_ADDRESS.attempts; count += 1)
      expect((await lookUp('KAS', 'one@people.example', `net ${count}`)).isOk()).toBe(true);
    expect(await lookUp('KAS', 'one@people.example', 'another')).toEqual(
      err({ code: 'ordering.too_many_lookups', retryAfterSeconds: 3_600 }),
    );
    for (let count = 0; count < LOOKUPS_OF_NETWORK.attempts; count += 1)
      expect((await lookUp('KAS', `${count}@people.example`)).isOk()).toBe(true);
    expect((await lookUp('KAS', 'last@people.example')).isErr()).toBe(true);
  });
});

describe('the mail with the token of an order', () => {
  const mailer = new FakeMailer();
  const send = (orderId: string | null, signal = new AbortController().signal) => {
    const guestTokens = new FakeGuestTokens();
    const publicUrl = 'https://shop.example';
    const errand = new MailOrderToken({ ...shop, guestTokens, mailer, publicUrl });
    const event = { payload: { orderId } } as never;
    return errand.handle(event, SHOP, 'event', signal);
  };

  beforeEach(() => {
    mailer.sent.length = 0;
  });

  it('goes to the address of the order, with a token that is good for 90 days', async () => {
    const { id, number } = (await place(await openCart()))._unsafeUnwrap();
    expect(await send(id)).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([
      { to: 'guest@people.example', subject: `The link to your order ${number}` },
    ]);
    const tokens = new FakeGuestTokens();
    const token = mailer.lastToken();
    expect(tokens.readOrder(token, shop.clock.now())).toBe(id);
    const later = (shop.clock.now() + ORDER_TOKEN_LIFE_MILLISECONDS) as never;
    expect(tokens.readOrder(token, later)).toBeNull();
  });

  it('goes to nobody where there is no such order, no guest, or no address any more', async () => {
    const customers = await givenOrder(shop, await givenCustomer(shop), { email: 'a@b.example' });
    const { id } = (await place(await openCart()))._unsafeUnwrap();
    const off = { orderId: id as never, customerId: null, reason: '' };
    expect((await useCases.cancelOrder.execute(off, SHOP)).isOk()).toBe(true);
    await shop.personalData.forgetGuests((shop.clock.now() + 1) as never);
    for (const orderId of [null, builderIds.next<never>(), customers.state.id, id])
      expect(await send(orderId)).toEqual(ok(null));
    expect(mailer.sent).toEqual([]);
  });

  it('is not sent when it has taken too long', async () => {
    const { id } = (await place(await openCart()))._unsafeUnwrap();
    expect(await send(id, AbortSignal.abort())).toEqual(
      err({ code: 'core.delivery_took_too_long' }),
    );
    expect(mailer.sent).toEqual([]);
  });
});

describe('carts that guests do not come back to', () => {
  it('end after thirty days, and are forgotten after four hundred', async () => {
    const day = 24 * 60 * 60;
    const expire = new ExpireCarts({ retention: shop.leftCarts, clock: shop.clock });
    const guestCart = await openCart();
    shop.clock.advance(GUEST_CART_DAYS * day);
    expect(await expire.execute()).toEqual({ expired: 0, forgotten: 0 });
    shop.clock.advance(1);
    expect(await expire.execute()).toEqual({ expired: 1, forgotten: 0 });
    expect((await useCases.viewCart.execute({ guestCart }))._unsafeUnwrap().id).toBeNull();
    shop.clock.advance((LEFT_CART_DAYS - GUEST_CART_DAYS) * day);
    expect(await expire.execute()).toEqual({ expired: 0, forgotten: 1 });
  });
});
