import type { CartPricing } from '../../ordering/cart-pricing.port.ts';
import type { OrderingUnitOfWork } from '../../ordering/ordering.unit-of-work.ts';

export type PricingChange = (pricing: CartPricing) => CartPricing;

/** How the shop prices after something about it changed, or broke. */
export function withChangedPricing(
  unitOfWork: OrderingUnitOfWork,
  change: PricingChange,
): OrderingUnitOfWork {
  return {
    run: (context, work) =>
      unitOfWork.run(context, (tx) => work({ ...tx, pricing: change(tx.pricing) })),
  };
}

/** The shop gave up one of its ways of shipping. */
export function withoutShippingBy(method: string): PricingChange {
  return (pricing) => ({
    shippingMethods: pricing.shippingMethods.filter((other) => other !== method),
    price: (cart) => pricing.price(cart),
  });
}
