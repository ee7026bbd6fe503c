import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId } from '@kastoma/domain/core';
import {
  parseBirthDate,
  parseCustomerGroups,
  parsePersonName,
  type User,
} from '@kastoma/domain/identity';

import { aCart } from '../testing/builders/cart.builder.ts';
import { anOrderOf } from '../testing/builders/order.builder.ts';
import { aUser, emailAddress } from '../testing/builders/user.builder.ts';
import { asCustomer, SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { RecordedRevocations } from '../testing/ports/recorded-revocations.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import {
  givenCart,
  givenOrder,
  givenUser,
  givenVariant,
  storeOrder,
} from '../testing/stocked-shop.ts';
import { AdministerUser, type AdministerUserCommand } from './administer-user.use-case.ts';
import { ChangeProfile } from './change-profile.use-case.ts';
import { EraseAccount } from './erase-account.use-case.ts';
import { erasureRules, guestOrdersToForget } from './erasure-rules.ts';
import { ExportPersonalData } from './export-personal-data.query.ts';
import { ForgetErasedCustomers } from './forget-erased-customers.use-case.ts';
import { LogIn } from './log-in.use-case.ts';
import { WRONG_PASSWORDS } from './prove-password.ts';
import { RefreshSession } from './refresh-session.use-case.ts';

const email = emailAddress('ada@example.com');
const lastOne = err({ code: 'identity.last_administrator' });

let shop: ShopPorts;
let ports: ReturnType<typeof signInPorts>;
let revokedAccess: RecordedRevocations;
let ada: User;

beforeEach(async () => {
  shop = inMemoryShop();
  ports = signInPorts(shop);
  revokedAccess = new RecordedRevocations();
  ada = await givenUser(shop, aUser({ email }));
});

const dependencies = (yearsOfOrderAddresses = 0) => ({
  ...ports,
  ...shop,
  revokedAccess,
  unitOfWork: shop.identity,
  privacyPolicy: { yearsOfOrderAddresses },
});
const read = async (id: UserId) => (await shop.users.find(id))._unsafeUnwrap();
const logIn = (password = 'correct horse') =>
  new LogIn(dependencies()).execute({ email, password, clientAddress: '::1' }, SHOP);
const refresh = (refreshToken: string) =>
  new RefreshSession(dependencies()).execute({ refreshToken }, SHOP);

describe('changing one’s profile', () => {
  const change = (
    changes: Parameters<ChangeProfile['execute']>[0]['changes'],
    expectedVersion: number | null = null,
  ) =>
    new ChangeProfile(dependencies()).execute(
      { userId: ada.state.id, changes, expectedVersion },
      asCustomer(ada.state.id),
    );

  it('stores what is new and tells that it is, not what', async () => {
    const firstName = parsePersonName('Augusta')._unsafeUnwrap();
    const changed = (await change({ firstName, phone: '0171/123456' }, 1))._unsafeUnwrap();
    expect(changed.state).toMatchObject({ firstName: 'Augusta', phone: '0171/123456' });
    expect((await read(ada.state.id)).state).toEqual(changed.state);
    const events = await shop.eventsOf(ada.state.id);
    expect(events.at(-1)).toMatchObject({
      type: 'identity.profile_changed',
      aggregateVersion: 2,
      actor: `user:${ada.state.id}`,
      payload: { userId: ada.state.id, fields: ['first_name', 'phone'] },
    });
    expect(JSON.stringify(events)).not.toMatch(/Augusta|0171/);
  });

  it('tells nothing where nothing changes', async () => {
    expect((await change({}))._unsafeUnwrap().version).toBe(1);
    expect(await shop.eventsOf(ada.state.id)).toHaveLength(1);
  });

  it('refuses what was changed since it was read', async () => {
    expect((await change({ marketingConsent: true }, 1)).isOk()).toBe(true);
    expect(await change({ marketingConsent: false }, 1)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 2 }),
    );
  });

  it('refuses a birthday to come', async () => {
    const birthDate = parseBirthDate('2999-01-01')._unsafeUnwrap();
    expect((await change({ birthDate }))._unsafeUnwrapErr()).toMatchObject({
      reason: 'in_the_future',
    });
  });
});

describe('administering an account', () => {
  const administer = (
    user: User,
    changes: AdministerUserCommand['changes'],
    expectedVersion: number | null = null,
  ) =>
    new AdministerUser(dependencies()).execute(
      { userId: user.state.id, changes, expectedVersion },
      SHOP,
    );

  it('gives another role, and what proves the old one is void', async () => {
    const { tokens } = (await logIn())._unsafeUnwrap();
    const hired = (await administer(ada, { role: 'staff' }, 1))._unsafeUnwrap();
    expect(hired.state.role).toBe('staff');
    expect(revokedAccess.added).toEqual([
      { kind: 'user', userId: ada.state.id, firstGoodVersion: 2 },
    ]);
    const renewed = (await refresh(tokens.refresh))._unsafeUnwrap();
    const claims = await ports.accessTokens.verify(renewed.access, shop.clock.now());
    expect(claims._unsafeUnwrap()).toMatchObject({ role: 'staff', tokenVersion: 2 });
  });

  it('shuts somebody out: no session goes on, and the password is answered like a wrong one', async () => {
    const { tokens } = (await logIn())._unsafeUnwrap();
    expect((await administer(ada, { active: false })).isOk()).toBe(true);
    expect(revokedAccess.added).toHaveLength(1);
    expect(await refresh(tokens.refresh)).toEqual(err({ code: 'identity.session_ended' }));
    const verified = ports.passwordHasher.verifications;
    const refused = await logIn();
    expect(refused).toEqual(await logIn('wrong horse'));
    expect(refused).toEqual(err({ code: 'identity.invalid_credentials' }));
    expect(ports.passwordHasher.verifications).toBe(verified + 2);

    expect((await administer(ada, { active: true })).isOk()).toBe(true);
    expect((await logIn()).isOk()).toBe(true);
    expect(revokedAccess.added).toHaveLength(1);
  });

  it('puts somebody into groups, and leaves them signed in', async () => {
    const { tokens } = (await logIn())._unsafeUnwrap();
    const groups = parseCustomerGroups(['VIP'])._unsafeUnwrap();
    expect((await administer(ada, { groups }))._unsafeUnwrap().state.groups).toEqual(['vip']);
    expect(revokedAccess.added).toEqual([]);
    expect((await refresh(tokens.refresh)).isOk()).toBe(true);
    const known = await shop.customers.groupsOf([ada.state.id]);
    expect([...known.values()]).toEqual([['vip']]);
  });

  it('does several things at once, each told by its own event', async () => {
    const groups = parseCustomerGroups(['press'])._unsafeUnwrap();
    const changed = await administer(ada, { role: 'staff', active: false, groups });
    expect(changed._unsafeUnwrap().version).toBe(4);
    const types = (await shop.eventsOf(ada.state.id)).map(({ type }) => type);
    expect(types.slice(1)).toEqual([
      'identity.role_changed',
      'identity.groups_changed',
      'identity.user_deactivated',
    ]);
  });

  it('refuses what was changed since it was read, and who is not there', async () => {
    expect((await administer(ada, { role: 'staff' }, 1)).isOk()).toBe(true);
    expect(await administer(ada, { role: 'admin' }, 1)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 2 }),
    );
    expect(await administer(aUser(), { role: 'admin' })).toEqual(
      err({ code: 'identity.user_not_found' }),
    );
  });

  it('never takes the last administrator away', async () => {
    const boss = await givenUser(shop, aUser({ role: 'admin' }));
    for (const changes of [{ role: 'staff' as const }, { active: false }])
      expect(await administer(boss, changes)).toEqual(lastOne);
    expect((await administer(boss, { role: 'admin', active: true })).isOk()).toBe(true);

    const other = await givenUser(shop, aUser({ role: 'admin' }));
    expect((await administer(other, { active: false })).isOk()).toBe(true);
    expect(await administer(boss, { active: false })).toEqual(lastOne);
    expect((await administer(other, { active: true })).isOk()).toBe(true);
    const both = await Promise.all(
      [boss, other].map((admin) => administer(admin, { role: 'staff' })),
    );
    expect(both.filter((run) => run.isOk())).toHaveLength(1);
    expect(both.filter((run) => run.isErr())).toEqual([lastOne]);
  });
});

describe('being erased', () => {
  const erase = (user: User, password = 'correct horse', expectedVersion: number | null = null) =>
    new EraseAccount(dependencies()).execute(
      { userId: user.state.id, password, expectedVersion },
      asCustomer(user.state.id),
    );

  it('takes the person out of everything, and the address may register again', async () => {
    const { tokens } = (await logIn())._unsafeUnwrap();
    const order = await givenOrder(shop, ada.state.id);
    expect(await erase(ada)).toEqual(ok(null));
    expect(revokedAccess.added).toHaveLength(1);
    expect((await shop.users.find(ada.state.id)).isErr()).toBe(true);
    expect(await logIn()).toEqual(err({ code: 'identity.invalid_credentials' }));
    expect((await refresh(tokens.refresh)).isErr()).toBe(true);
    expect((await shop.orderQueries.find(order.state.id, null)).isOk()).toBe(true);
    const events = await shop.eventsOf(ada.state.id);
    expect(events.at(-1)).toMatchObject({ type: 'identity.user_erased', schemaVersion: 1 });
    expect(JSON.stringify(events)).not.toContain('ada@');
    expect((await givenUser(shop, aUser({ email }))).state.id).not.toBe(ada.state.id);
  });

  it('takes the password, and is not tried without end', async () => {
    for (let tries = 0; tries < WRONG_PASSWORDS[0].attempts; tries += 1)
      expect(await erase(ada, 'wrong horse')).toEqual(
        err({ code: 'identity.wrong_password', path: ['password'] }),
      );
    expect((await erase(ada))._unsafeUnwrapErr()).toMatchObject({
      code: 'identity.too_many_attempts',
    });
    expect((await read(ada.state.id)).state).toEqual(ada.state);
  });

  it('is refused where the account was changed since it was read', async () => {
    expect(await erase(ada, 'correct horse', 7)).toEqual(
      err({ code: 'core.stale_version', currentVersion: 1 }),
    );
    expect(ports.passwordHasher.verifications).toBe(0);
  });

  it('is refused to the last administrator, and to nobody twice', async () => {
    const boss = await givenUser(shop, aUser({ role: 'admin' }));
    expect(await erase(boss)).toEqual(lastOne);
    await givenUser(shop, aUser({ role: 'admin' }));
    expect((await erase(boss)).isOk()).toBe(true);
    expect(await erase(boss)).toEqual(err({ code: 'identity.user_not_found' }));
  });

  it('is finished later, with what came while it was going on', async () => {
    const sweep = new ForgetErasedCustomers(dependencies());
    expect((await erase(ada)).isOk()).toBe(true);
    expect(await sweep.execute(SHOP)).toEqual(ok(0));
    await givenCart(shop, ada.state.id, [{ ...(await givenVariant(shop)), quantity: 1 }]);
    expect(await sweep.execute(SHOP)).toEqual(ok(1));
    expect(await sweep.execute(SHOP)).toEqual(ok(0));
    expect((await shop.carts.findActive(ada.state.id))._unsafeUnwrap()).toBeNull();
  });

  it('takes what was ordered as a guest along, where the address is proved', async () => {
    const asGuest = async (guest: string) => {
      const cart = aCart(null, [{ ...(await givenVariant(shop)), quantity: 1 }]);
      const order = anOrderOf(cart, { email: guest });
      const saved = await shop.ordering.run(SHOP, ({ carts }) => carts.save(cart));
      expect(saved.isOk()).toBe(true);
      await storeOrder(shop, cart, order);
      return order.state.id;
    };
    const bob = await givenUser(shop, aUser({ email: emailAddress('bob@example.com') }));
    const proved = ada.verifyEmail(shop.clock.now());
    expect((await shop.identity.run(SHOP, ({ users }) => users.save(proved))).isOk()).toBe(true);
    const [hers, perhapsHis] = [await asGuest(email), await asGuest('bob@example.com')];
    for (const user of [ada, bob]) expect((await erase(user)).isOk()).toBe(true);
    const ownerOf = async (id: typeof hers) =>
      (await shop.orderQueries.find(id, null))._unsafeUnwrap().customerId;
    expect([await ownerOf(hers), await ownerOf(perhapsHis)]).toEqual([ada.state.id, null]);
  });

  it('forgets guests two years after they ordered, or later where addresses are kept longer', () => {
    const now = shop.clock.now();
    const yearOf = (yearsOfOrderAddresses: number) =>
      new Date(guestOrdersToForget({ yearsOfOrderAddresses }, now)).getUTCFullYear();
    const year = new Date(now).getUTCFullYear();
    expect([yearOf(0), yearOf(10)]).toEqual([year - 2, year - 10]);
  });

  it('leaves name and address on orders for the years that the shop says, counted from their day', () => {
    const rules = erasureRules({ yearsOfOrderAddresses: 10 }, shop.clock.now());
    const years = new Date(shop.clock.now()).getUTCFullYear();
    expect(new Date(rules.ordersPlacedBefore).getUTCFullYear()).toBe(years - 10);
  });
});

describe('taking one’s data away', () => {
  it('shows everything under the names of what it is, with the time', async () => {
    await givenOrder(shop, ada.state.id);
    const file = await new ExportPersonalData(dependencies()).execute(ada.state.id);
    const { exportedAt, records } = file._unsafeUnwrap();
    expect(exportedAt).toBe(shop.clock.now());
    expect(records['account']).toHaveLength(1);
    expect(records['orders']).toHaveLength(1);
    expect(JSON.stringify(records)).not.toContain('hash of');
  });

  it('shows nothing of those who are not there', async () => {
    expect(await new ExportPersonalData(dependencies()).execute(aUser().state.id)).toEqual(
      err({ code: 'identity.user_not_found' }),
    );
  });
});
