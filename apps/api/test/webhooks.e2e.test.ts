import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Client } from './client.ts';
import { CHECKOUT, newKey, stockMug } from './goods.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import { verifies, WebhookReceiver } from './webhook-receiver.ts';
import type { Order } from './wire.ts';

type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly event_types: readonly string[] | null;
  readonly active: boolean;
  readonly disabled_because: string | null;
  readonly failing_since: string | null;
  readonly previous_secret_until: string | null;
  readonly version: number;
  readonly secret: string;
};
type Delivery = {
  readonly id: string;
  readonly message_id: string;
  readonly event_type: string;
  readonly status: string;
  readonly attempts: number;
  readonly due_at: string | null;
  readonly last_attempt: {
    readonly answered_status: number | null;
    readonly error: string | null;
  } | null;
  readonly request_id: string;
};

const NOBODYS = '0199c0de-0000-7000-8000-000000000000';

let shop: TestShop;
let admin: Client;
let staff: Client;
let ada: Client;

beforeAll(async () => {
  shop = await openTestShop();
  [admin, staff] = [await shop.hire('admin'), await shop.hire('staff')];
  ada = await shop.signUp('ada');
});

afterAll(() => shop.close());

async function listening(eventTypes: readonly string[] | null = null) {
  const receiver = new WebhookReceiver();
  const url = await receiver.open();
  const body = { url, description: 'The warehouse', event_types: eventTypes };
  const { data: webhook } = await admin.post<Webhook>('/webhooks/', body).expect(201);
  onTestFinished(async () => {
    await admin.delete(`/webhooks/${webhook.id}/`);
    await receiver.close();
  });
  return { receiver, webhook, path: `/webhooks/${webhook.id}` };
}

async function placeOrder(headers: Record<string, string> = {}): Promise<Order> {
  const mug = await stockMug(admin);
  await ada.post('/cart/add_item/', { product_id: mug.id, quantity: 2 }).expect(200);
  return (await ada.post<Order>('/orders/', CHECKOUT, { ...newKey(), ...headers }).expect(201))
    .data;
}

const logOf = async (path: string, query = '') =>
  (await staff.get<readonly Delivery[]>(`${path}/deliveries/${query}`).expect(200)).data;
/** As if the time had come. */
const hurry = () => shop.database`
  update notifications.webhook_deliveries set due_at = now() where status = 'pending'
`;

describe('an endpoint of a merchant', () => {
  it('is told of an order once, signed, with what it may know', async () => {
    const { receiver, webhook, path } = await listening(['order.placed']);
    const order = await placeOrder({ 'X-Request-Id': 'the-checkout' });
    const [message] = await receiver.await(1);
    if (message === undefined) expect.fail('Nothing came.');
    expect(verifies(webhook.secret, message)).toBe(true);
    expect(verifies('whsec_AAAA', message)).toBe(false);
    expect(message.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Kastoma-Webhooks/1',
    });
    expect(message.event).toMatchObject({
      id: message.id,
      type: 'order.placed',
      request_id: 'the-checkout',
      data: {
        order_id: order.id,
        number: order.number,
        total: order.totals.total,
        items: [{ quantity: 2 }],
      },
    });
    const { user } = ada.account;
    for (const text of [user.id, user.email, 'Ada', webhook.secret])
      expect(message.body).not.toContain(text);
    await expect.poll(async () => (await logOf(path))[0]?.status).toBe('delivered');
    expect(await logOf(path)).toMatchObject([
      {
        message_id: message.id,
        event_type: 'order.placed',
        attempts: 1,
        due_at: null,
        last_attempt: { answered_status: 204, error: null },
        request_id: 'the-checkout',
      },
    ]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is called again when it did not answer well, under the same id and with the same bytes', async () => {
    const { receiver, webhook, path } = await listening(['order.placed']);
    receiver.answers.push(500, 302, 410);
    await placeOrder();
    await receiver.await(1);
    await expect.poll(async () => (await logOf(path))[0]?.last_attempt).not.toBeNull();
    expect(await logOf(path)).toMatchObject([
      { status: 'pending', attempts: 1, last_attempt: { answered_status: 500, error: 'refused' } },
    ]);
    const { data } = await staff.get<Webhook>(`${path}/`).expect(200);
    expect(data.failing_since).not.toBeNull();
    await hurry();
    const [first, second] = await receiver.await(2);
    expect([second?.id, second?.body]).toEqual([first?.id, first?.body]);
    await expect.poll(async () => (await logOf(path))[0]?.last_attempt?.answered_status).toBe(302);
    await hurry();
    await receiver.await(3);
    await expect.poll(async () => (await logOf(path, '?status=quarantined')).length).toBe(1);

    // It has said that it is gone: it is off, and whoever made it is told.
    const off = (await admin.get<Webhook>(`${path}/`).expect(200)).data;
    expect(off).toMatchObject({ active: false, disabled_because: 'gone' });
    const { email } = admin.account.user;
    const mail = await shop.mailbox.await(email, 'A webhook endpoint was switched off');
    expect(mail.text).toContain('at 127.0.0.1:');
    const [delivery] = await logOf(path);
    const replay = `${path}/deliveries/${delivery?.id ?? ''}/replay/`;
    await admin.post(replay, undefined).refused(409, 'notifications.webhook_endpoint_inactive');

    await admin.patch(`${path}/`, { active: true }).expect(200);
    const key = newKey();
    await admin.post(replay, undefined, key).expect(202);
    await admin.post(replay, undefined, key).expect(202);
    const again = (await receiver.await(4)).at(-1);
    if (again === undefined) expect.fail('Nothing came.');
    expect([again.id, again.body]).toEqual([first?.id, first?.body]);
    expect(verifies(webhook.secret, again)).toBe(true);
    await expect.poll(async () => (await logOf(path))[0]?.status).toBe('delivered');
    expect(receiver.received).toHaveLength(4);
  });

  it('is called with both signatures while its secret changes', async () => {
    const { receiver, webhook, path } = await listening();
    const rotate = (hours: number) =>
      admin.post<Webhook>(`${path}/rotate-secret/`, { overlap_hours: hours }).expect(200);
    const { data: newer, headers } = await rotate(24);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(newer.previous_secret_until).not.toBeNull();
    await admin.post(`${path}/ping/`, undefined).expect(202);
    const [ping] = await receiver.await(1);
    if (ping === undefined) expect.fail('Nothing came.');
    expect(ping.event).toMatchObject({ type: 'webhook.ping', data: {} });
    expect(verifies(webhook.secret, ping)).toBe(true);
    expect(verifies(newer.secret, ping)).toBe(true);
    const { data: newest } = await rotate(0);
    await admin.post(`${path}/ping/`, undefined).expect(202);
    const last = (await receiver.await(2)).at(-1);
    if (last === undefined) expect.fail('Nothing came.');
    expect(verifies(newest.secret, last)).toBe(true);
    for (const old of [webhook.secret, newer.secret]) expect(verifies(old, last)).toBe(false);
  });

  it('is told of what it asked for alone, and of nothing while it is off', async () => {
    const { receiver, path } = await listening(['order.cancelled', 'payment.captured']);
    const off = await listening();
    await admin.patch(`${off.path}/`, { active: false }).expect(200);
    await admin
      .post(`${off.path}/ping/`, undefined)
      .refused(409, 'notifications.webhook_endpoint_inactive');
    const order = await placeOrder();
    const [payment] = order.payments;
    await admin
      .post(`/orders/${order.id}/payments/${payment?.id ?? ''}/capture/`, {}, newKey())
      .expect(200);
    const [message] = await receiver.await(1);
    expect(message?.event).toMatchObject({
      type: 'payment.captured',
      data: { payment_id: payment?.id, order_id: order.id, total: order.totals.total },
    });
    expect(await logOf(path)).toHaveLength(1);
    expect(off.receiver.received).toEqual([]);
    expect(await logOf(off.path)).toEqual([]);
  });

  it('keeps its secret: neither an answer nor the database shows it again', async () => {
    const { webhook, path } = await listening();
    const shown = [
      await admin.get(`${path}/`).expect(200),
      await admin.get('/webhooks/').expect(200),
      await admin.patch(`${path}/`, { description: 'Other' }).expect(200),
      await admin.get(`/audit/?subject=webhook_endpoint:${webhook.id}`).expect(200),
    ];
    const bytes = webhook.secret.slice(6, 26);
    for (const { text } of shown) expect(text).not.toContain(bytes);
    const [row] = await shop.database`
      select endpoint::text as text from notifications.webhook_endpoints endpoint where id = ${webhook.id}
    `;
    expect(row?.['text']).not.toContain(bytes);
    expect(shown[3]?.text).toContain('notifications.webhook_endpoint_changed');
    expect(JSON.stringify(shop.log)).not.toContain(bytes);
  });

  it('changes for whoever has seen what stands, and is gone when it is deleted', async () => {
    const { webhook, path } = await listening();
    const { headers } = await admin.get(`${path}/`).expect(200);
    const tag = headers.get('etag') ?? '';
    expect(tag).toMatch(/^"v1-/);
    await admin
      .patch(`${path}/`, { event_types: ['order.placed'] }, { 'If-Match': tag })
      .expect(200);
    await admin
      .patch(`${path}/`, { event_types: null }, { 'If-Match': tag })
      .refused(412, 'core.stale_version');
    await admin.delete(`${path}/`).expect(200);
    const gone = 'notifications.webhook_endpoint_not_found';
    await admin.get(`${path}/`).refused(404, gone);
    await admin.get(`${path}/deliveries/`).refused(404, gone);
    await admin.post(`${path}/ping/`, undefined).refused(404, gone);
    await admin.post(`${path}/rotate-secret/`, {}).refused(404, gone);
    await admin.patch(`${path}/`, { active: true }).refused(404, gone);
    expect((await admin.get<Webhook[]>('/webhooks/').expect(200)).data).not.toContainEqual(
      expect.objectContaining({ id: webhook.id }),
    );
  });

  it('has no message of another endpoint', async () => {
    const [one, other] = [await listening(), await listening()];
    const { data } = await admin.post<Delivery>(`${one.path}/ping/`, undefined).expect(202);
    await admin
      .post(`${other.path}/deliveries/${data.id}/replay/`, undefined)
      .refused(404, 'notifications.webhook_delivery_not_found');
    await admin
      .post(`${one.path}/deliveries/${NOBODYS}/replay/`, undefined)
      .refused(404, 'notifications.webhook_delivery_not_found');
    expect(await logOf(other.path)).toEqual([]);
  });

  it('is read on by cursors, and no list of all the world', async () => {
    const { receiver, path } = await listening();
    for (let count = 0; count < 3; count += 1)
      await admin.post(`${path}/ping/`, undefined).expect(202);
    await receiver.await(3);
    const first = await staff.get<Delivery[]>(`${path}/deliveries/?page_size=2`).expect(200);
    const next = new URL(first.pagination?.next ?? '').search;
    const rest = await staff.get<Delivery[]>(`${path}/deliveries/${next}`).expect(200);
    expect(new Set([...first.data, ...rest.data].map(({ id }) => id)).size).toBe(3);
    await staff.get(`${path}/deliveries/?cursor=nonsense`).expect(422);
    await staff.get(`${path}/deliveries/?event_type=order.eaten`).expect(422);
    await ada.get(`${path}/deliveries/`).refused(403, 'request.not_allowed');
  });

  it.each([
    [{}, 'url'],
    [{ url: 5 }, 'url'],
    [{ url: 'not an address' }, 'url'],
    [{ url: 'ftp://127.0.0.1/' }, 'url'],
    [{ url: 'http://me:secret@127.0.0.1/' }, 'url'],
    [{ url: 'http://127.0.0.1/', event_types: [] }, 'event_types'],
    [{ url: 'http://127.0.0.1/', event_types: ['order.eaten'] }, 'event_types.0'],
    [{ url: 'http://127.0.0.1/', event_types: 'order.placed' }, 'event_types'],
    [{ url: 'http://127.0.0.1/', description: 'x'.repeat(201) }, 'description'],
    [{ url: 'http://127.0.0.1/', secret: 'whsec_mine' }, 'secret'],
    [{ url: 'http://127.0.0.1/', active: true }, 'active'],
  ])('is not made of %j', async (body, path) => {
    const { errors } = await admin.post('/webhooks/', body).expect(422);
    expect(errors?.[0]?.path).toBe(path);
  });

  it('is made and changed by administrators, and read by those who work here', async () => {
    const { path } = await listening();
    expect((await staff.get('/webhooks/').expect(200)).text).toContain(path.slice(10));
    await staff
      .post('/webhooks/', { url: 'http://127.0.0.1/' })
      .refused(403, 'request.not_allowed');
    await staff.patch(`${path}/`, { active: false }).refused(403, 'request.not_allowed');
    await staff.post(`${path}/rotate-secret/`, {}).refused(403, 'request.not_allowed');
  });
});

describe('a shop that calls public addresses alone', () => {
  let strict: TestShop;
  let boss: Client;

  beforeAll(async () => {
    strict = await openTestShop({ KASTOMA_WEBHOOK_TARGETS: 'public' });
    boss = await strict.hire('admin');
  });

  afterAll(() => strict.close());

  it.each([
    ['http://example.com/', 'scheme'],
    ['https://127.0.0.1/', 'inside'],
    ['https://2130706433/', 'inside'],
    ['https://0x7f.1/', 'inside'],
    ['https://[::ffff:127.0.0.1]/', 'inside'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'inside'],
    ['https://169.254.169.254/latest/', 'inside'],
    ['https://localhost/', 'inside'],
    ['https://1.1.1.1:22/', 'port'],
  ])('makes no endpoint of %s', async (url, reason) => {
    const { error } = await boss
      .post('/webhooks/', { url })
      .refused(422, 'notifications.webhook_address_refused');
    expect(error).toMatchObject({ path: 'url', detail: { reason } });
  });

  it('does not call one that leads inside, though it stands in the database', async () => {
    const receiver = new WebhookReceiver();
    onTestFinished(() => receiver.close());
    const { port } = new URL(await receiver.open());
    const { data } = await boss
      .post<Webhook>('/webhooks/', { url: 'https://1.1.1.1/' })
      .expect(201);
    await strict.database`
      update notifications.webhook_endpoints set url = ${`https://127.0.0.1:${port}/`} where id = ${data.id}
    `;
    await boss.post(`/webhooks/${data.id}/ping/`, undefined).expect(202);
    const path = `/webhooks/${data.id}/deliveries/`;
    await expect
      .poll(async () => (await boss.get<Delivery[]>(path).expect(200)).data[0]?.last_attempt?.error)
      .toBe('address_inside');
    expect(receiver.received).toEqual([]);
  });
});
