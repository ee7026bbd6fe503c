import type { Instant } from '../../core/instant.value.ts';
import { Money } from '../../core/money.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { PromotionDraft } from '../../pricing/promotion-draft.ts';
import type { Rejection } from '../../pricing/rejection.ts';
import { COUNTRIES } from '../cart-facts.ts';
import { otherThan } from '../currency.arbitrary.ts';
import type { Policy } from '../policy.ts';
import { subtotalOf } from './changed-cart.ts';

export const GATED_ID = 'gated-promotion';
export const GATED_CODE = 'GATED-100';

type Setting = {
  readonly terms?: Partial<PromotionDraft>;
  readonly input?: Partial<PricingInput>;
  /** Of the code; there is one when this is told. */
  readonly usesLeft?: number;
};

/** Something that keeps a promotion out: a setting that just does, and one that just does not. */
export type Gate = {
  readonly reason: Rejection['reason'];
  readonly policy: Policy;
  readonly shut: (cart: PricingInput) => Setting;
  readonly open: (cart: PricingInput) => Setting;
};

const LIMIT = 3;

export const GATES: readonly Gate[] = [
  {
    reason: 'inactive',
    policy: 'inactive_promotions',
    shut: () => ({ terms: { isActive: false } }),
    open: () => ({ terms: { isActive: true } }),
  },
  {
    reason: 'not_started',
    policy: 'windows',
    shut: ({ at }) => ({ terms: { startsAt: later(at, 1) } }),
    open: ({ at }) => ({ terms: { startsAt: at } }),
  },
  {
    reason: 'expired',
    policy: 'windows',
    shut: ({ at }) => ({ terms: { endsAt: at } }),
    open: ({ at }) => ({ terms: { endsAt: later(at, 1) } }),
  },
  {
    reason: 'limit_reached',
    policy: 'limits',
    shut: (cart) => used(cart, 'total', LIMIT),
    open: (cart) => used(cart, 'total', LIMIT - 1),
  },
  {
    reason: 'customer_limit_reached',
    policy: 'limits',
    shut: (cart) => used(cart, 'perCustomer', LIMIT),
    open: (cart) => used(cart, 'perCustomer', LIMIT - 1),
  },
  {
    reason: 'used_up',
    policy: 'limits',
    shut: () => ({ usesLeft: 0 }),
    open: () => ({ usesLeft: 1 }),
  },
  {
    reason: 'below_minimum',
    policy: 'thresholds',
    shut: (cart) => ({ terms: { conditions: minimumOf(cart, 1n, 'running') } }),
    open: (cart) => ({ terms: { conditions: minimumOf(cart, 0n, 'base') } }),
  },
  {
    reason: 'below_minimum_quantity',
    policy: 'thresholds',
    shut: (cart) => ({ terms: { conditions: { minimumQuantity: unitsOf(cart) + 1 } } }),
    open: (cart) => ({ terms: { conditions: { minimumQuantity: unitsOf(cart) } } }),
  },
  {
    reason: 'no_eligible_items',
    policy: 'cart_conditions',
    shut: (cart) => ({ terms: { conditions: { priceRange: { from: highestPrice(cart, 1n) } } } }),
    open: (cart) => {
      const highest = highestPrice(cart, 0n);
      return { terms: { conditions: { priceRange: { from: highest, to: highest } } } };
    },
  },
  {
    reason: 'no_eligible_items',
    policy: 'cart_conditions',
    shut: () => ({ terms: { conditions: { productIds: ['no-such-product'] } } }),
    open: ({ lines: [first] }) => ({
      terms: { conditions: { productIds: ['no-such-product', first?.productId ?? 'none'] } },
    }),
  },
  {
    reason: 'other_currency',
    policy: 'currencies',
    shut: ({ currency }) => ({ terms: { conditions: { currency: otherThan(currency) } } }),
    open: ({ currency }) => ({ terms: { conditions: { currency } } }),
  },
  {
    reason: 'not_for_customer',
    policy: 'customer_conditions',
    shut: () => ({ terms: { conditions: { customerGroups: ['guild'] } } }),
    open: (cart) => ({
      terms: { conditions: { customerGroups: ['guild', 'club'] } },
      input: { customer: { ...cart.customer, groups: ['club'] } },
    }),
  },
  {
    reason: 'not_for_destination',
    policy: 'customer_conditions',
    shut: ({ destination }) => ({
      terms: {
        conditions: { shippingCountries: COUNTRIES.filter((it) => it !== destination?.country) },
      },
    }),
    open: ({ destination }) =>
      destination === undefined
        ? {}
        : { terms: { conditions: { shippingCountries: [destination.country] } } },
  },
];

function later(at: Instant, milliseconds: number): Instant {
  return (at + milliseconds) as Instant;
}

function used(cart: PricingInput, limit: 'total' | 'perCustomer', times: number): Setting {
  const total = limit === 'total' ? times : times + LIMIT;
  const byCustomer = limit === 'total' ? 0 : times;
  return {
    terms: { limits: { [limit]: LIMIT } },
    input: { uses: [...(cart.uses ?? []), { promotionId: GATED_ID, total, byCustomer }] },
  };
}

function minimumOf(cart: PricingInput, above: bigint, basis: 'running' | 'base') {
  const minimum = Money.of(subtotalOf(cart) + above, cart.currency)._unsafeUnwrap();
  return { minimumSubtotal: minimum, basis };
}

function highestPrice({ lines, currency }: PricingInput, above: bigint): Money {
  const highest = lines.reduce(
    (most, { unitPrice }) => (unitPrice.minorUnits > most ? unitPrice.minorUnits : most),
    0n,
  );
  return Money.of(highest + above, currency)._unsafeUnwrap();
}

function unitsOf({ lines }: PricingInput): number {
  return Math.max(
    1,
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
  );
}
