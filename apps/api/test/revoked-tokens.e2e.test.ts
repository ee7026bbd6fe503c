import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { STALEST_STANDING_MILLISECONDS } from '@kastoma/application/identity';

import type { Client } from './client.ts';
import { DatabaseLink } from './database-link.ts';
import { PASSWORD } from './test-shop.ts';
import { openTwoProcesses, type TwoProcesses } from './two-processes.ts';

const redisUrl = inject('redisUrl');

type Session = { readonly id: string; readonly device: string; readonly current: boolean };

const isIn = async (client: Client) => (await client.get('/users/me/')).status === 200;
/** What both processes say; whoever says yes has just read what stands, and may go on believing it. */
const areIn = (clients: readonly Client[]) => Promise.all(clients.map(isIn));
const IN = [true, true];
const OUT = [false, false];

/** Until nobody may go on believing what was read before. */
const untilTheBound = () => pause(STALEST_STANDING_MILLISECONDS);

function takesBack(shop: () => TwoProcesses, afterwards: () => Promise<unknown>): void {
  const named = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}`;

  it('a sign-out is known to both', async () => {
    const [here, there] = await shop().signUp(named('ada'));
    expect(await areIn([here, there])).toEqual(IN);
    await here.post('/auth/logout/', undefined).expect(200);
    expect(await isIn(here)).toBe(false);
    await afterwards();
    await there.get('/users/me/').refused(401, 'identity.invalid_access_token');
    const { refresh } = here.account;
    await there.post('/auth/refresh/', { refresh }).refused(401, 'identity.session_ended');
  });

  it('one device is signed out from another one, and the others stay', async () => {
    const phone = await shop().signUp(named('bob'));
    const laptop = await shop().signIn(phone[0].account);
    expect(await areIn([...phone, ...laptop])).toEqual([...IN, ...IN]);
    const { data } = await laptop[0].get<readonly Session[]>('/auth/sessions/').expect(200);
    expect(data.map(({ current }) => current)).toEqual([true, false]);
    const lost = data.find(({ current }) => !current)?.id ?? '';
    const [stranger] = await shop().signUp(named('eve'));
    await stranger.delete(`/auth/sessions/${lost}/`).refused(404, 'identity.session_not_found');
    await laptop[0].delete(`/auth/sessions/${lost}/`).expect(200);
    await afterwards();
    expect(await areIn([...phone, ...laptop])).toEqual([...OUT, ...IN]);
    expect((await laptop[1].get<readonly Session[]>('/auth/sessions/')).data).toHaveLength(1);
  });

  it('signing out everywhere ends every device', async () => {
    const phone = await shop().signUp(named('cyd'));
    const laptop = await shop().signIn(phone[0].account);
    const [stranger] = await shop().signUp(named('eve'));
    expect(await areIn([...phone, ...laptop])).toEqual([...IN, ...IN]);
    await laptop[0].post('/auth/logout-all/', undefined).expect(200);
    expect(await isIn(phone[0])).toBe(false);
    await afterwards();
    expect(await areIn([...phone, ...laptop])).toEqual([...OUT, ...OUT]);
    const again = await shop().signIn(phone[0].account);
    expect(await areIn([...again, stranger])).toEqual([...IN, true]);
  });

  it('a spent refresh token that comes again ends its session, and it is recorded', async () => {
    const [here, there] = await shop().signUp(named('dan'));
    const { refresh, user } = here.account;
    const { data: next } = await here.post<{ refresh: string }>('/auth/refresh/', { refresh });
    await there.post('/auth/refresh/', { refresh: next.refresh }).expect(200);
    await there.post('/auth/refresh/', { refresh }).refused(401, 'identity.refresh_token_replayed');
    await there
      .post('/auth/refresh/', { refresh: next.refresh })
      .refused(401, 'identity.session_ended');
    const recorded = await shop().database<{ payload: object }[]>`
      select payload
      from core.outbox
      where type = 'identity.refresh_token_replayed' and payload ->> 'userId' = ${user.id}
    `;
    expect(recorded).toHaveLength(1);
    await afterwards();
    expect(await areIn([here, there])).toEqual(OUT);
  });
}

describe('two processes without Redis', () => {
  let shop: TwoProcesses;

  beforeAll(async () => {
    shop = await openTwoProcesses({});
  });
  afterAll(() => shop.close());

  describe('within two seconds', () => takesBack(() => shop, untilTheBound));

  it('somebody who works here has the rights of now, and not of when they signed in', async () => {
    const account = (await shop.signUp('fay'))[0].account;
    const userId = account.user.id;
    await shop.database`update identity.users set role = 'staff' where id = ${userId}`;
    const clients = await shop.signIn(account);
    expect(await areIn(clients)).toEqual(IN);
    await shop.database`update identity.users set role = 'customer' where id = ${userId}`;
    expect(await areIn(clients)).toEqual(OUT);
  });

  it('the live token of somebody who was deactivated is refused', async () => {
    const [customer, staff] = [await shop.signUp('gus'), (await shop.signUp('hal'))[0].account];
    await shop.database`update identity.users set role = 'staff' where id = ${staff.user.id}`;
    const worker = await shop.signIn(staff);
    expect(await areIn([...customer, ...worker])).toEqual([...IN, ...IN]);
    const ids = [customer[0].account.user.id, staff.user.id];
    await shop.database`update identity.users set deactivated_at = now() where id = any(${ids})`;
    expect(await areIn(worker)).toEqual(OUT);
    await untilTheBound();
    expect(await areIn(customer)).toEqual(OUT);
  });

  it('the key of a service is refused at once where it was revoked, and everywhere within two seconds', async () => {
    const account = (await shop.signUp('kim'))[0].account;
    await shop.database`update identity.users set role = 'admin' where id = ${account.user.id}`;
    const [here, there] = await shop.signIn(account);
    const body = { name: 'Import', scopes: ['users.read'], password: PASSWORD };
    const { data } = await here.post<{ id: string; key: string }>('/api-keys/', body).expect(201);
    const services = [here, there].map((admin) => admin.as({ ...account, access: data.key }));
    const statuses = () =>
      Promise.all(services.map(async (service) => (await service.get('/users/')).status));
    expect(await statuses()).toEqual([200, 200]);
    await here.delete(`/api-keys/${data.id}/`).expect(200);
    expect((await statuses())[0]).toBe(401);
    await untilTheBound();
    expect(await statuses()).toEqual([401, 401]);
  });
});

describe.skipIf(redisUrl === null)('two processes that share one Redis', () => {
  let shop: TwoProcesses;
  let line: DatabaseLink;

  beforeAll(async () => {
    line = new DatabaseLink(redisUrl ?? '');
    await line.mend();
    shop = await openTwoProcesses({ REDIS_URL: line.url });
  });
  afterAll(async () => {
    await shop.close();
    await line.cut();
  });

  describe('at once', () =>
    takesBack(
      () => shop,
      async () => undefined,
    ));

  it('know it from the database when Redis is gone, and at once when it is back', async () => {
    const [one, two] = [await shop.signUp('ida'), await shop.signUp('jan')];
    await line.cut();
    expect(await areIn([...one, ...two])).toEqual([...IN, ...IN]);
    await one[0].post('/auth/logout/', undefined).expect(200);
    expect(await isIn(one[0])).toBe(false);
    await untilTheBound();
    expect(await areIn(one)).toEqual(OUT);

    await line.mend();
    const isShared = async () => {
      const clients = await shop.signIn(two[0].account);
      expect(await areIn(clients)).toEqual(IN);
      await clients[0].post('/auth/logout/', undefined).expect(200);
      return areIn(clients);
    };
    await expect.poll(isShared, { timeout: 15_000, interval: 500 }).toEqual(OUT);
  });
});
