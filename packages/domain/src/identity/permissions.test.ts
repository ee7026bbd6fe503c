import { describe, expect, test } from 'vitest';

import type { Actor } from '../core/actor.value.ts';
import type { ApiKeyId, UserId } from '../core/ids.value.ts';
import {
  ALL_PERMISSIONS,
  awaitsSecondFactor,
  ALL_SCOPES,
  holdersOf,
  isAllowed,
  type Holder,
  type Permission,
} from './permissions.ts';

const id = 'user' as UserId;
const ACTORS = {
  guest: { kind: 'guest' },
  customer: { kind: 'user', id, role: 'customer' },
  staff: { kind: 'user', id, role: 'staff' },
  admin: { kind: 'user', id, role: 'admin' },
} as const satisfies Record<string, Actor>;

/** Written out once more, on purpose: a change of the table must be meant. */
const EXPECTED: Record<Permission, readonly Holder[]> = {
  'catalog.browse': ['guest', 'customer', 'staff', 'admin', 'service'],
  'catalog.manage': ['staff', 'admin', 'service'],
  'inventory.read': ['staff', 'admin', 'service'],
  'inventory.manage': ['staff', 'admin', 'service'],
  'account.open': ['guest', 'customer', 'staff', 'admin'],
  'account.own': ['customer', 'staff', 'admin'],
  'users.read': ['staff', 'admin', 'service'],
  'users.manage': ['admin'],
  'api_keys.manage': ['admin'],
  'audit.read': ['admin'],
  'cart.own': ['guest', 'customer', 'staff', 'admin'],
  'cart.merge': ['customer', 'staff', 'admin'],
  'orders.place': ['guest', 'customer', 'staff', 'admin'],
  'orders.follow': ['guest', 'customer', 'staff', 'admin'],
  'orders.own': ['customer', 'staff', 'admin'],
  'orders.read_all': ['staff', 'admin', 'service'],
  'orders.manage': ['staff', 'admin', 'service'],
  'reviews.own': ['customer', 'staff', 'admin'],
  'reviews.moderate': ['staff', 'admin', 'service'],
  'wishlists.own': ['customer', 'staff', 'admin'],
  'payments.capture': ['staff', 'admin', 'service'],
  'payments.refund': ['staff', 'admin', 'service'],
  'payments.settle': ['admin'],
  'payments.notify': ['guest', 'customer', 'staff', 'admin'],
  'promotions.manage': ['staff', 'admin', 'service'],
  'webhooks.read': ['staff', 'admin'],
  'webhooks.manage': ['admin'],
};

describe('who may do what', () => {
  test('the table names every right', () => {
    expect([...ALL_PERMISSIONS].toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.each(ALL_PERMISSIONS)('%s is for its holders and for nobody else', (permission) => {
    const allowed = Object.entries(ACTORS)
      .filter(([, actor]) => isAllowed(actor, permission))
      .map(([name]) => name);
    expect(allowed).toEqual(EXPECTED[permission].filter((holder) => holder !== 'service'));
    expect(holdersOf(permission)).toEqual(EXPECTED[permission]);
  });

  test.each(ALL_PERMISSIONS)('the shop itself has the right %s', (permission) => {
    expect(isAllowed({ kind: 'system' }, permission)).toBe(true);
  });

  test.each(ALL_PERMISSIONS)('whoever has %s keeps it when promoted', (permission) => {
    const ladder = [ACTORS.customer, ACTORS.staff, ACTORS.admin];
    const rights = ladder.map((actor) => isAllowed(actor, permission));
    const firstRight = rights.indexOf(true);
    expect(rights.slice(firstRight)).not.toContain(false);
  });
});

describe('what a service may do', () => {
  const service = (scopes: readonly string[]): Actor => ({
    kind: 'service',
    id: 'key' as ApiKeyId,
    scopes,
  });
  const open = ALL_PERMISSIONS.filter((permission) => holdersOf(permission).includes('guest'));
  const allowed = (actor: Actor) =>
    ALL_PERMISSIONS.filter((permission) => isAllowed(actor, permission));

  test('is chosen from what services may do at all', () => {
    expect(ALL_SCOPES).toEqual([
      'catalog.browse',
      'catalog.manage',
      'inventory.read',
      'inventory.manage',
      'users.read',
      'orders.read_all',
      'orders.manage',
      'reviews.moderate',
      'payments.capture',
      'payments.refund',
      'promotions.manage',
    ]);
  });

  test.each(ALL_SCOPES)(
    'is %s and what is open to all, when its key was made for that',
    (scope) => {
      expect(new Set(allowed(service([scope])))).toEqual(new Set([...open, scope]));
    },
  );

  test('is what is open to all, without a scope or with one that there is not', () => {
    for (const scopes of [[], ['*'], ['catalog'], ['Catalog.manage'], ['constructor']])
      expect(allowed(service(scopes))).toEqual(open);
  });

  test.each(ALL_PERMISSIONS.filter((permission) => !holdersOf(permission).includes('service')))(
    'is never %s, whatever its key says',
    (permission) => {
      expect(isAllowed(service([permission]), permission)).toBe(
        isAllowed({ kind: 'guest' }, permission),
      );
    },
  );

  test.each(ALL_SCOPES)('is never more than its maker may: %s', (scope) => {
    expect(isAllowed(ACTORS.admin, scope)).toBe(true);
  });
});

describe('somebody whose role wants a second factor that they lack', () => {
  test.each(ALL_PERMISSIONS)(
    'has the right %s only where it is for their account',
    (permission) => {
      const admin: Actor = { ...ACTORS.admin, lacksSecondFactor: true };
      const isOfAccount = ['account.open', 'account.own'].includes(permission);
      expect(isAllowed(admin, permission)).toBe(isOfAccount);
      expect(awaitsSecondFactor(admin, permission)).toBe(!isOfAccount);
      expect(awaitsSecondFactor(ACTORS.admin, permission)).toBe(false);
      expect(awaitsSecondFactor(ACTORS.guest, permission)).toBe(false);
    },
  );
});
