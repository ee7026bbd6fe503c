import { err, errAsync, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';
import type { Order } from '@kastoma/domain/ordering';

import { aUser, emailAddress } from '../../testing/builders/user.builder.ts';
import { aWebhookEndpoint } from '../../testing/builders/webhook-endpoint.builder.ts';
import { SHOP } from '../../testing/contexts.ts';
import { inMemoryShop } from '../../testing/in-memory/in-memory-shop.ts';
import { FakeMailer } from '../../testing/ports/fake-mailer.ts';
import type { ShopPorts } from '../../testing/shop-ports.ts';
import { givenOrder, givenUser } from '../../testing/stocked-shop.ts';
import { MailAboutOrder } from './mail-about-order.errand.ts';
import { MailDisabledEndpoint } from './mail-disabled-endpoint.errand.ts';

const inTime = new AbortController().signal;
const tooLate = AbortSignal.abort();
const TOO_LATE = err({ code: 'core.delivery_took_too_long' });
const money = { amount: '5.00', currency: 'USD' };

let shop: ShopPorts;
let mailer: FakeMailer;
let ada: User;
let mailAboutOrder: MailAboutOrder;

beforeEach(async () => {
  shop = inMemoryShop();
  mailer = new FakeMailer();
  const verified = aUser({ email: emailAddress('ada@example.com') }).verifyEmail(0 as Instant);
  ada = await givenUser(shop, verified);
  mailAboutOrder = new MailAboutOrder({
    orderQueries: shop.orderQueries,
    users: shop.users,
    mailer,
    orderMails: { publicUrl: 'https://shop.example' },
  });
});

type MailedEvent = Parameters<MailAboutOrder['handle']>[0];

function happened(order: Order, type: MailedEvent['type'], payload: object = {}) {
  const { id: orderId, number } = order.state;
  return {
    type,
    schemaVersion: 1,
    aggregateId: orderId,
    aggregateVersion: 2,
    occurredAt: 0 as Instant,
    payload: { orderId, number, ...payload },
  } as unknown as MailedEvent;
}

const tell = (event: MailedEvent, signal = inTime) =>
  mailAboutOrder.handle(event, SHOP, 'event-1', signal);
const order = (wishes: Parameters<typeof givenOrder>[2] = {}) =>
  givenOrder(shop, ada.state.id, wishes);
const save = async (user: User) => {
  const saved = shop.identity.run(SHOP, ({ users }) => users.save(user));
  expect((await saved).isOk()).toBe(true);
};

describe('a mail about an order', () => {
  it('confirms what was ordered, line by line, with the totals', async () => {
    const placed = await order({ reduced: true });
    expect(await tell(happened(placed, 'ordering.order_placed'))).toEqual(ok(null));
    const [mail] = mailer.sent;
    const { number, id } = placed.state;
    expect(mail).toMatchObject({
      id: 'event-1.order-placed',
      to: 'ada@example.com',
      subject: `Your order ${number}`,
    });
    expect(mail?.text.split('\n\n')).toEqual([
      `Hello ${ada.state.firstName},`,
      `thank you for your order ${number}. This is what it holds:`,
      '1 × Something for ten (SKU-10): 10.00 USD',
      'Subtotal: 10.00 USD',
      'Discount: -1.01 USD',
      'Tax relief: -0.50 USD',
      'Shipping (standard): 4.48 USD',
      'Tax: 0.60 USD',
      'Total: 13.57 USD',
      `Look at the order:\nhttps://shop.example/orders/${id}\n`,
    ]);
    expect(mail?.html).toContain('1 × Something for ten');
  });

  it('leaves out what is nothing, and the name where the address is another one', async () => {
    const placed = await order({ email: 'somebody@example.com' });
    expect(await tell(happened(placed, 'ordering.order_placed'))).toEqual(ok(null));
    const [mail] = mailer.sent;
    expect(mail?.to).toBe('somebody@example.com');
    expect(mail?.text).toMatch(/^Hello,\n/);
    expect(mail?.text).not.toContain('Discount');
    expect(mail?.text).not.toContain('Tax');
    // What strangers type is not mailed to strangers.
    expect(mail?.text).not.toContain(placed.state.shippingAddress.toJSON().name);
  });

  it('calls nobody by name at an address that they have not proved', async () => {
    const grace = await givenUser(shop, aUser({ email: emailAddress('grace@example.com') }));
    const placed = await givenOrder(shop, grace.state.id);
    expect(await tell(happened(placed, 'ordering.order_placed'))).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([{ to: 'grace@example.com' }]);
    expect(mailer.sent[0]?.text).toMatch(/^Hello,\n/);
  });

  it('says what is on its way and by whom', async () => {
    const sent = await order();
    const [item] = sent.state.items;
    const lines = [{ itemId: item?.id, variantId: item?.variantId, quantity: 1 }];
    const payload = { lines, carrier: 'DHL', trackingNumber: '<b>00340</b>', complete: true };
    expect(await tell(happened(sent, 'ordering.order_fulfilled', payload))).toEqual(ok(null));
    const [mail] = mailer.sent;
    expect(mail?.subject).toBe(`Your order ${sent.state.number} is on its way`);
    expect(mail?.text).toContain('1 × Something for ten (SKU-10)\n\nCarrier: DHL\n\n');
    expect(mail?.html).toContain('Tracking number: &lt;b&gt;00340&lt;/b&gt;');
    expect(mail?.text).not.toContain('The rest follows.');
  });

  it('says that the rest follows, and knows items no more by their names than they have some', async () => {
    const sent = await order();
    const lines = [{ itemId: 'gone', variantId: 'v', quantity: 2 }];
    const payload = { lines, carrier: null, trackingNumber: null, complete: false };
    expect(await tell(happened(sent, 'ordering.order_fulfilled', payload))).toEqual(ok(null));
    expect(mailer.sent[0]?.text).toContain('2 × one item\n\nThe rest follows.');
    expect(mailer.sent[0]?.text).not.toContain('Carrier');
  });

  it('tells of a cancellation and of a refund, and not why: anybody may have typed it', async () => {
    const one = await order();
    const reason = 'Look at https://evil.example';
    const items: readonly object[] = [];
    const cancelled = happened(one, 'ordering.order_cancelled', { reason, items });
    expect(await tell(cancelled)).toEqual(ok(null));
    const refunded = happened(one, 'ordering.order_refunded', { reason, amount: money });
    expect(await tell(refunded)).toEqual(ok(null));
    expect(mailer.sent.map(({ id, subject }) => [id, subject])).toEqual([
      ['event-1.order-cancelled', `Your order ${one.state.number} was cancelled`],
      ['event-1.order-refunded', `A refund for your order ${one.state.number}`],
    ]);
    expect(mailer.sent[1]?.text).toContain('5.00 USD');
    for (const { text } of mailer.sent) expect(text).not.toContain('evil');
  });

  it('goes to whoever the order says, when the account is closed', async () => {
    const placed = await order({ email: 'somebody@example.com' });
    const own = await order();
    await save(ada.deactivate(shop.clock.now()));
    expect(await tell(happened(placed, 'ordering.order_placed'))).toEqual(ok(null));
    expect(await tell(happened(own, 'ordering.order_placed'))).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([{ to: 'somebody@example.com' }]);
    expect(mailer.sent[0]?.text).toContain('To the shop:\nhttps://shop.example/');
  });

  it('of a guest goes where the guest said', async () => {
    const placed = await order({ email: 'guest@example.com' });
    const view = (await shop.orderQueries.find(placed.state.id, null))._unsafeUnwrap();
    const asGuest = new MailAboutOrder({
      orderQueries: { find: () => ok({ ...view, customerId: null as never }) as never },
      users: { find: () => expect.fail('Guests have no account.') },
      mailer,
      orderMails: { publicUrl: 'https://shop.example' },
    });
    const event = happened(placed, 'ordering.order_placed');
    expect(await asGuest.handle(event, SHOP, 'event-1', inTime)).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([{ to: 'guest@example.com' }]);
  });

  it('is written to nobody where there is no order or no account any more', async () => {
    const placed = await order();
    const gone = happened(placed, 'ordering.order_placed', {
      orderId: '0199c0de-0000-7000-8000-00000000000f',
    });
    expect(await tell(gone)).toEqual(ok(null));
    const nobodys = new MailAboutOrder({
      orderQueries: shop.orderQueries,
      users: { find: () => errAsync({ code: 'identity.user_not_found' }) },
      mailer,
      orderMails: { publicUrl: 'https://shop.example' },
    });
    const event = happened(placed, 'ordering.order_placed');
    expect(await nobodys.handle(event, SHOP, 'event-1', inTime)).toEqual(ok(null));
    expect(mailer.sent).toEqual([]);
  });

  it('that comes too late is left to the next try, and so is one that cannot be sent', async () => {
    const placed = happened(await order(), 'ordering.order_placed');
    expect(await tell(placed, tooLate)).toEqual(TOO_LATE);
    mailer.refuse(1);
    await expect(async () => tell(placed)).rejects.toThrow('out of order');
    expect(mailer.sent).toEqual([]);
  });
});

describe('a mail about an endpoint that was switched off', () => {
  const handle = (endpointId: string, userId: string, signal = inTime) => {
    const errand = new MailDisabledEndpoint({
      endpointQueries: shop.webhookEndpointQueries,
      users: shop.users,
      mailer,
    });
    const event = {
      type: 'notifications.webhook_endpoint_disabled',
      schemaVersion: 1,
      aggregateId: endpointId,
      aggregateVersion: 2,
      occurredAt: 0 as Instant,
      payload: { endpointId, userId, reason: 'failing' },
    } as const;
    return errand.handle(event, SHOP, 'event-2', signal);
  };
  const nobody = '0199c0de-0000-7000-8000-00000000000f' as UserId;

  it('goes to whoever made it, and tells no more of its address than the host', async () => {
    const endpoint = aWebhookEndpoint(ada.state.id);
    const added = shop.notifications.run(SHOP, ({ endpoints }) => endpoints.add(endpoint));
    expect((await added).isOk()).toBe(true);
    const { id } = endpoint.state;
    expect(await handle(id, ada.state.id)).toEqual(ok(null));
    expect(mailer.sent).toMatchObject([{ id: 'event-2.endpoint-disabled', to: 'ada@example.com' }]);
    expect(mailer.sent[0]?.text).toContain('at erp.example.com any more: nothing');
    expect(mailer.sent[0]?.text).not.toContain('/hooks');
    expect(await handle(id, ada.state.id, tooLate)).toEqual(TOO_LATE);
    expect(await handle(id, nobody)).toEqual(ok(null));
    expect(await handle(nobody, ada.state.id)).toEqual(ok(null));
    await save(ada.deactivate(shop.clock.now()));
    expect(await handle(id, ada.state.id)).toEqual(ok(null));
    expect(mailer.sent).toHaveLength(1);
  });
});
