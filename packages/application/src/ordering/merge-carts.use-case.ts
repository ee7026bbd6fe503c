import { err, ok, safeTry } from 'neverthrow';

import type { CartId, UserId } from '@kastoma/domain/core';
import {
  mergeCarts,
  reportMerge,
  type Cart,
  type CartCurrencyFixed,
  type CartMergeReport,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import { quoteCart, viewCart, type CartView } from './cart-view.ts';
import { destinationOf } from './destination-choice.ts';
import { openCart, type CartDependencies } from './edit-cart.ts';
import { shippingOf } from './shipping-choice.ts';

export type MergeCartsCommand = {
  readonly customerId: UserId;
  /** Whose token was shown; null where none that is good was. */
  readonly guestCart: CartId | null;
};

export type MergedCarts = {
  readonly cart: CartView;
  /** Null where there was nothing to merge: no such cart, or one that was merged or ordered before. */
  readonly report: CartMergeReport | null;
};

/**
 * Pours a guest's cart into the customer's, in one transaction and once: the guest's cart is held first, then the
 * customer's, and the guest's has nothing left in it when that ends.
 */
export class MergeCarts {
  readonly #dependencies: CartDependencies;

  constructor(dependencies: CartDependencies) {
    this.#dependencies = dependencies;
  }

  execute({ customerId, guestCart }: MergeCartsCommand, context: CallContext) {
    const dependencies = this.#dependencies;
    const { unitOfWork, clock, settings } = dependencies;
    return unitOfWork.run(context, (tx) =>
      safeTry(async function* () {
        const at = clock.now();
        const { carts } = tx;
        const guest = guestCart === null ? null : yield* carts.findOfGuest(guestCart);
        const active = yield* carts.findActive(customerId);
        const opening = { customerId, currency: guest?.state.currency ?? null };
        const before = active ?? (yield* openCart(tx, opening, dependencies, at));
        const poured = yield* pourInto(before, guest);
        const after = poured === null ? before : before.takeOver(poured.content, at);
        const shipping = shippingOf(after, tx.pricing);
        const destination = destinationOf(after, settings);
        const quoted = yield* quoteCart(after, { at, shipping, destination }, tx);
        if (poured === null)
          return ok<MergedCarts>({ cart: viewCart(after, quoted), report: null });
        // Lines move with their ids: they leave the one cart before they come into the other.
        yield* carts.save(poured.guest.handOver(after.state.id, at));
        const saved = yield* carts.save(after);
        return ok<MergedCarts>({ cart: viewCart(saved, quoted), report: poured.report });
      }),
    );
  }
}

/** Nothing is ever converted: carts of two currencies stay two. */
function pourInto({ state }: Cart, guest: Cart | null) {
  if (guest === null) return ok(null);
  if (guest.state.currency !== state.currency)
    return err<never, CartCurrencyFixed>({
      code: 'ordering.cart_currency_fixed',
      currency: state.currency,
    });
  const content = mergeCarts(state, guest.state);
  return ok({ guest, content, report: reportMerge(state, guest.state, content) });
}
