import type { Actor, Role } from '../core/actor.value.ts';

/** Whoever may hold a right: somebody who is not signed in, a role, or a program with an API key. */
export type Holder = Role | 'guest' | 'service';

/**
 * Rights and their holders: the one table. A route names the right that it needs. A service
 * holds what its key was made for; ADR 20 says of each right why it may be among that, or not.
 */
const HOLDERS = {
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
} as const satisfies Record<string, readonly Holder[]>;

export type Permission = keyof typeof HOLDERS;

type HeldBy<Name extends Holder> = {
  [Right in Permission]: Name extends (typeof HOLDERS)[Right][number] ? Right : never;
}[Permission];

/** The rights that somebody who is not signed in has, too. */
export type GuestPermission = HeldBy<'guest'>;

/** The rights that an API key may be made for. */
export type Scope = HeldBy<'service'>;

export const ALL_PERMISSIONS = Object.keys(HOLDERS) as readonly Permission[];

export const ALL_SCOPES = ALL_PERMISSIONS.filter((permission) =>
  holdersOf(permission).includes('service'),
) as readonly Scope[] as readonly [Scope, ...Scope[]];

/**
 * The shop itself may do everything: nobody speaks for it from outside. A service may do what
 * its key was made for as long as services may at all, and what everybody may.
 */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  const holders = holdersOf(permission);
  switch (actor.kind) {
    case 'system':
      return true;
    case 'guest':
      return holders.includes('guest');
    case 'user':
      return holders.includes(actor.role) && !awaitsSecondFactor(actor, permission);
    case 'service':
      return (
        holders.includes('guest') ||
        (holders.includes('service') && actor.scopes.includes(permission))
      );
  }
}

/** Whether the right is kept from somebody until they have the second factor that their role wants. */
export function awaitsSecondFactor(actor: Actor, permission: Permission): boolean {
  const isOfAccount = permission === 'account.own' || permission === 'account.open';
  return actor.kind === 'user' && actor.lacksSecondFactor === true && !isOfAccount;
}

/** The holders of a right, as the reference shows them. */
export function holdersOf(permission: Permission): readonly Holder[] {
  return HOLDERS[permission];
}
