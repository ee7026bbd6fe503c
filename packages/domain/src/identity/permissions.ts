import type { Actor, Role } from '../core/actor.value.ts';

/** Roles and their rights: the one table. A route names the right that it needs. */
const HOLDERS = {
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
} as const satisfies Record<string, readonly (Role | 'guest')[]>;

export type Permission = keyof typeof HOLDERS;

/** The rights that somebody who is not signed in has, too. */
export type GuestPermission = {
  [Right in Permission]: 'guest' extends (typeof HOLDERS)[Right][number] ? Right : never;
}[Permission];

export const ALL_PERMISSIONS = Object.keys(HOLDERS) as readonly Permission[];

/** The shop itself may do everything: nobody speaks for it from outside. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'system') return true;
  const holders: readonly string[] = HOLDERS[permission];
  return holders.includes(actor.kind === 'guest' ? 'guest' : actor.role);
}

/** The holders of a right, as the reference shows them. */
export function holdersOf(permission: Permission): readonly (Role | 'guest')[] {
  return HOLDERS[permission];
}
