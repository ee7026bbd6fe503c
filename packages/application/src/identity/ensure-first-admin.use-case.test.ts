import { err, ok } from 'neverthrow';
import { beforeEach, describe, expect, it } from 'vitest';

import { aUser, emailAddress, password } from '../testing/builders/user.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { signInPorts } from '../testing/sign-in-ports.ts';
import { givenUser } from '../testing/stocked-shop.ts';
import { EnsureFirstAdmin } from './ensure-first-admin.use-case.ts';
import { ViewProfile } from './view-profile.query.ts';

const email = emailAddress('owner@example.com');

let shop: ShopPorts;
let ensureFirstAdmin: EnsureFirstAdmin;

beforeEach(() => {
  shop = inMemoryShop();
  ensureFirstAdmin = new EnsureFirstAdmin({ ...signInPorts(shop), unitOfWork: shop.identity });
});

describe('the first administrator', () => {
  it('is made once, and never overwritten', async () => {
    expect(await ensureFirstAdmin.execute({ email, password: password() }, SHOP)).toEqual(ok(true));
    const admin = (await shop.users.findByEmail(email))._unsafeUnwrap();
    expect(admin.state).toMatchObject({
      role: 'admin',
      emailVerified: true,
      passwordHash: 'hash of correct horse',
    });
    expect(await shop.eventsOf(admin.state.id)).toMatchObject([
      { type: 'identity.user_registered', actor: 'system', payload: { role: 'admin' } },
    ]);

    const again = { email, password: password('another password') };
    expect(await ensureFirstAdmin.execute(again, SHOP)).toEqual(ok(false));
    expect((await shop.users.findByEmail(email))._unsafeUnwrap().state).toEqual(admin.state);
  });

  it('is not made while somebody else is one', async () => {
    await givenUser(shop, aUser({ role: 'admin' }));
    expect(await ensureFirstAdmin.execute({ email, password: password() }, SHOP)).toEqual(
      ok(false),
    );
    expect((await shop.users.findByEmail(email)).isErr()).toBe(true);
  });

  it.each([
    ['Password1', 'known'],
    ['the owner of it all', 'contains_email'],
  ])('has no password that others try first: %s', async (text, reason) => {
    const refused = await ensureFirstAdmin.execute({ email, password: password(text) }, SHOP);
    expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'identity.weak_password', reason });
    expect((await shop.users.findByEmail(email)).isErr()).toBe(true);
  });

  it('may be called as anybody is: the name that it gets here is not its own', async () => {
    const chosen = password('the first of all walks');
    expect(await ensureFirstAdmin.execute({ email, password: chosen }, SHOP)).toEqual(ok(true));
  });

  it('does not take over the account of a customer', async () => {
    await givenUser(shop, aUser({ email }));
    expect(await ensureFirstAdmin.execute({ email, password: password() }, SHOP)).toEqual(
      err({ code: 'identity.email_taken' }),
    );
    expect((await shop.users.findByEmail(email))._unsafeUnwrap().state.role).toBe('customer');
  });
});

describe('viewing one’s profile', () => {
  it('shows the account, or that there is none any more', async () => {
    const user = await givenUser(shop);
    const viewProfile = new ViewProfile({ users: shop.users });
    expect((await viewProfile.execute(user.state.id))._unsafeUnwrap().state).toEqual(user.state);
    expect(await viewProfile.execute(shop.ids.next())).toEqual(
      err({ code: 'identity.user_not_found' }),
    );
  });
});
