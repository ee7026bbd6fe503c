import { answerOnce } from '../core/answer-once.ts';
import type { CallContext } from '../core/call-context.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';
import { couponOf } from './presented-coupon.ts';
import type { Shopper } from './shopper.ts';
import { cartOf, quoteAndView, type CartViewing } from './view-cart.query.ts';

type Dependencies = CartViewing & { readonly unitOfWork: OrderingUnitOfWork };

/** Says what a code would do for the shopper's cart; nothing changes. */
export class ValidateCoupon {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** The code in the form in which codes are compared. */
  execute(shopper: Shopper, couponCode: string, context: CallContext) {
    return answerOnce(this.#dependencies.unitOfWork, context, () =>
      this.#validate(shopper, couponCode),
    );
  }

  /** What a code presents is shown to those for whom it does something, and to nobody who tries codes. */
  #validate(shopper: Shopper, couponCode: string) {
    const at = this.#dependencies.clock.now();
    return cartOf(shopper, at, this.#dependencies)
      .andThen((cart) => cart.applyCoupon(couponCode, at))
      .andThen((cart) => quoteAndView(cart, at, this.#dependencies))
      .map((view) => couponOf(view, couponCode))
      .map((coupon) => (coupon.rejection === null ? coupon : { ...coupon, promotion: null }));
  }
}
