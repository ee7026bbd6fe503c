import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Client, SignedIn } from './client.ts';
import { ADDRESS, CHECKOUT, newKey, onlyVariant, stockMug, usd } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import type {
  Cart,
  Category,
  Listing,
  Movement,
  Order,
  Product,
  Quote,
  Stock,
  User,
} from './wire.ts';

let shop: TestShop;
let staff: Client;

beforeAll(async () => {
  shop = await openTestShop();
  staff = await shop.hire('staff');
});

afterAll(() => shop.close());

describe('from an account to an order', () => {
  it('a shop fills its shelves and a customer buys from them', async () => {
    const { data: kitchen } = await staff
      .post<Category>('/categories/', { name: 'Kitchen', description: 'Pots and cups' })
      .expect(201);
    const { data: mug } = await staff
      .post<Product>('/products/', {
        name: 'Stoneware mug',
        description: 'Holds a quarter of a litre.',
        category_id: kitchen.id,
        attributes: { colour: 'sand' },
        variants: [
          { sku: 'STONE-S', name: 'Small', price: usd('12.50'), stock: 5 },
          { sku: 'STONE-L', name: 'Large', price: usd('17.00'), stock: 5 },
        ],
      })
      .expect(201);
    const teapot = await stockMug(staff, { name: 'Teapot', price: '40.00', stock: 3 });

    const { data: found } = await shop.guest
      .get<Listing[]>('/products/?search=stoneware&category=kitchen&min_price=12.50&in_stock=true')
      .expect(200);
    expect(found.map(({ id }) => id)).toEqual([mug.id]);
    const { data: read } = await shop.guest.get<Product>(`/products/${mug.slug}/`).expect(200);
    expect(read).toEqual(mug);

    const ada = await shop.signUp('ada');
    const { data: nothingYet } = await ada.get<Cart>('/cart/').expect(200);
    expect(nothingYet).toMatchObject({ id: null, version: 0, items: [], item_count: 0 });

    const [small, large] = mug.variants.map(({ id }) => id);
    await ada.post('/cart/add_item/', { variant_id: small, quantity: 1 }).expect(200);
    await ada.post('/cart/add_item/', { variant_id: large, quantity: 1 }).expect(200);
    const { data: filled } = await ada
      .post<Cart>('/cart/add_item/', { product_id: teapot.id, quantity: 2 })
      .expect(200);
    expect(filled.item_count).toBe(4);
    const [first, second] = filled.items;
    await ada.patch(`/cart/items/${first?.id}/`, { quantity: 3 }).expect(200);
    await ada.delete(`/cart/items/${second?.id}/`).expect(200);
    await ada.put('/cart/address/', ADDRESS).expect(200);
    const { data: chosen } = await ada
      .put<Cart>('/cart/shipping/', { method: 'express' })
      .expect(200);
    expect(chosen).toMatchObject({
      item_count: 5,
      estimated: false,
      totals: { subtotal: usd('117.50'), shipping: usd('12.99'), total: usd('130.49') },
    });

    const { data: quote } = await ada.get<Quote>('/cart/quote/').expect(200);
    expect(quote.quote_hash).toBe(chosen.quote_hash);
    expect(quote.explanation.length).toBeGreaterThan(0);

    const { data: placed } = await ada
      .post<Order>(
        '/orders/',
        {
          payment_method: 'manual',
          quote_hash: quote.quote_hash,
          notes: 'Ring twice',
        },
        newKey(),
      )
      .expect(201);
    expect(placed).toMatchObject({
      status: 'pending',
      payment_status: 'pending',
      fulfilment_status: 'unfulfilled',
      totals: chosen.totals,
      shipping_address: { ...ADDRESS, line2: null, region: null, phone: null },
      payments: [{ method: 'manual', status: 'pending', amount: usd('130.49') }],
    });
    expect(placed.items.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['STONE-S', 3],
      [onlyVariant(teapot).sku, 2],
    ]);

    const { data: reread } = await ada.get<Order>(`/orders/${placed.id}/`).expect(200);
    expect(reread).toEqual(placed);
    const { data: mine, pagination } = await ada.get<Order[]>('/orders/').expect(200);
    expect(mine).toEqual([placed]);
    expect(pagination).toMatchObject({ count: 1, count_is_exact: true, next: null });
    const { data: after } = await ada.get<Cart>('/cart/').expect(200);
    expect(after).toMatchObject({ id: null, items: [] });
  });

  it('an order promises its units, and the ledger says to whom', async () => {
    const mug = await stockMug(staff, { stock: 4 });
    const { id: variant } = onlyVariant(mug);
    const buyer = await shop.signUp('buyer');
    await buyer.post('/cart/add_item/', { variant_id: variant, quantity: 4 }).expect(200);
    const { data: order } = await buyer.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);

    const { data: stock } = await staff.get<Stock>(`/variants/${variant}/stock/`).expect(200);
    expect(stock).toMatchObject({ on_hand: 4, reserved: 4, available: 0 });
    const { data: movements } = await staff
      .get<Movement[]>(`/variants/${variant}/stock/movements/`)
      .expect(200);
    expect(
      movements.map(({ type, on_hand_delta, reserved_delta }) => [
        type,
        on_hand_delta,
        reserved_delta,
      ]),
    ).toEqual([
      ['reservation', 0, 4],
      ['adjustment', 4, 0],
    ]);
    expect(movements[0]).toMatchObject({
      reference: `order:${order.id}`,
      actor: `user:${buyer.account.user.id}`,
    });

    const late = await shop.signUp('late');
    const { data: sold } = await late.get<Product>(`/products/${mug.id}/`).expect(200);
    expect(sold.in_stock).toBe(false);
    await late.post('/cart/add_item/', { variant_id: variant, quantity: 1 }).expect(200);
    const { error } = await late
      .post('/orders/', CHECKOUT, newKey())
      .refused(409, 'ordering.out_of_stock');
    expect(error.detail).toEqual({
      shortages: [{ variant_id: variant, requested: 1, available: 0 }],
    });
  });

  it('a customer who saw another price is shown the new cart before anything is bought', async () => {
    const mug = await stockMug(staff, { price: '5.00' });
    const buyer = await shop.signUp('careful');
    const { data: seen } = await buyer
      .post<Cart>('/cart/add_item/', { product_id: mug.id, quantity: 1 })
      .expect(200);
    await shop.database`update catalog.prices set amount = 600 where variant_id = ${onlyVariant(mug).id}`;

    const order = { ...CHECKOUT, quote_hash: seen.quote_hash };
    const { error } = await buyer
      .post('/orders/', order, newKey())
      .refused(409, 'ordering.quote_changed');
    expect(error.path).toBe('quote_hash');
    const { data: now } = await buyer.get<Cart>('/cart/').expect(200);
    expect(error.detail['cart']).toEqual(now);
    expect(now.totals.subtotal).toEqual(usd('6.00'));

    await buyer.post('/orders/', { ...order, quote_hash: now.quote_hash }, newKey()).expect(201);
  });

  it('an account is opened once, and a session goes on until a spent token is replayed', async () => {
    const person = {
      email: 'grace@people.example',
      password: 'a compiler of her own',
      first_name: 'Grace',
      last_name: 'Hopper',
    };
    await shop.guest.post('/auth/register/', person).expect(201);
    const shouted = { ...person, email: ' GRACE@People.Example ' };
    const taken = await shop.guest
      .post('/auth/register/', shouted)
      .refused(409, 'identity.email_taken');
    expect(taken.error.path).toBe('email');

    const { email, password } = person;
    await shop.guest
      .post('/auth/login/', { email, password: 'not her password' })
      .refused(401, 'identity.invalid_credentials');
    const { data: signedIn } = await shop.guest
      .post<SignedIn>('/auth/login/', { email, password })
      .expect(200);
    const { data: me } = await shop.guest.as(signedIn).get<User>('/users/me/').expect(200);
    expect(me).toMatchObject(signedIn.user);
    expect(me).toMatchObject({ email, first_name: 'Grace', role: 'customer' });

    const spent = { refresh: signedIn.refresh };
    const { data: next } = await shop.guest.post<SignedIn>('/auth/refresh/', spent).expect(200);
    const retries = [1, 2].map(() =>
      shop.guest.post<SignedIn>('/auth/refresh/', spent).expect(200),
    );
    const [retried] = await Promise.all(retries);
    await shop.guest.post('/auth/refresh/', { refresh: retried?.data.refresh ?? '' }).expect(200);
    await shop.guest
      .post('/auth/refresh/', { refresh: next.refresh })
      .refused(401, 'identity.refresh_token_replayed');
    await shop.guest
      .post('/auth/refresh/', { refresh: retried?.data.refresh ?? '' })
      .refused(401, 'identity.session_ended');
  });
});

describe('what is not yours is not there', () => {
  it('customers see their own orders only, and staff see all', async () => {
    const mug = await stockMug(staff);
    const [owner, stranger] = await Promise.all([shop.signUp('owner'), shop.signUp('stranger')]);
    await owner.post('/cart/add_item/', { product_id: mug.id, quantity: 1 }).expect(200);
    const { data: order } = await owner.post<Order>('/orders/', CHECKOUT, newKey()).expect(201);

    await stranger.get(`/orders/${order.id}/`).refused(404, 'ordering.order_not_found');
    const { data: strangers } = await stranger.get<Order[]>('/orders/').expect(200);
    expect(strangers).toEqual([]);
    const { data: seenByStaff } = await staff.get<Order>(`/orders/${order.id}/`).expect(200);
    expect(seenByStaff).toEqual(order);
    const { data: all } = await staff.get<Order[]>('/orders/').expect(200);
    expect(all.map(({ id }) => id)).toContain(order.id);
  });

  it('nobody changes the cart of somebody else', async () => {
    const mug = await stockMug(staff);
    const [owner, stranger] = await Promise.all([shop.signUp('keeper'), shop.signUp('thief')]);
    const { data: cart } = await owner
      .post<Cart>('/cart/add_item/', { product_id: mug.id, quantity: 2 })
      .expect(200);
    const item = `/cart/items/${cart.items[0]?.id}/`;
    await stranger.patch(item, { quantity: 1 }).refused(404, 'ordering.cart_item_not_found');
    await stranger.delete(item).refused(404, 'ordering.cart_item_not_found');
    const { data: untouched } = await owner.get<Cart>('/cart/').expect(200);
    expect(untouched).toEqual(cart);
  });

  it('drafts are for those who keep the catalogue', async () => {
    const draft = await stockMug(staff, { name: 'Secret mug', status: 'draft' });
    const shopper = await shop.signUp('curious');
    for (const client of [shop.guest, shopper]) {
      await client.get(`/products/${draft.id}/`).refused(404, 'catalog.product_not_found');
      await client.get(`/products/${draft.slug}/`).refused(404, 'catalog.product_not_found');
      const { data: listed } = await client.get<Listing[]>('/products/?search=secret').expect(200);
      expect(listed).toEqual([]);
    }
    await shopper
      .post('/cart/add_item/', { product_id: draft.id, quantity: 1 })
      .refused(404, 'ordering.offer_not_found');
    await staff.get(`/products/${draft.id}/`).expect(200);
    const { data: listed } = await staff.get<Listing[]>('/products/?search=secret').expect(200);
    expect(listed.map(({ id }) => id)).toEqual([draft.id]);
  });
});
