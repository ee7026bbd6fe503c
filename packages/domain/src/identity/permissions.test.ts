import { describe, expect, test } from 'vitest';

import type { Actor } from '../core/actor.value.ts';
import type { UserId } from '../core/ids.value.ts';
import { ALL_PERMISSIONS, holdersOf, isAllowed, type Permission } from './permissions.ts';

const id = 'user' as UserId;
const ACTORS = {
  guest: { kind: 'guest' },
  customer: { kind: 'user', id, role: 'customer' },
  staff: { kind: 'user', id, role: 'staff' },
  admin: { kind: 'user', id, role: 'admin' },
} as const satisfies Record<string, Actor>;

/** Written out once more, on purpose: a change of the table must be meant. */
const EXPECTED: Record<Permission, readonly (keyof typeof ACTORS)[]> = {
  'catalog.browse': ['guest', 'customer', 'staff', 'admin'],
  'catalog.manage': ['staff', 'admin'],
  'inventory.read': ['staff', 'admin'],
  'account.open': ['guest', 'customer', 'staff', 'admin'],
  'account.own': ['customer', 'staff', 'admin'],
  'users.read': ['staff', 'admin'],
  'users.manage': ['admin'],
  'cart.own': ['customer', 'staff', 'admin'],
  'orders.own': ['customer', 'staff', 'admin'],
  'orders.read_all': ['staff', 'admin'],
  'promotions.manage': ['staff', 'admin'],
};

describe('who may do what', () => {
  test('the table names every right', () => {
    expect([...ALL_PERMISSIONS].toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  test.each(ALL_PERMISSIONS)('%s is for its holders and for nobody else', (permission) => {
    const allowed = Object.entries(ACTORS)
      .filter(([, actor]) => isAllowed(actor, permission))
      .map(([name]) => name);
    expect(allowed).toEqual(EXPECTED[permission]);
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
