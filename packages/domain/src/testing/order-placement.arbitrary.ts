import fc from 'fast-check';

import type {
  CartId,
  OrderId,
  OrderItemId,
  ProductId,
  UserId,
  VariantId,
} from '../core/ids.value.ts';
import type { OrderNumber } from '../ordering/order-number.value.ts';
import type { PlaceOrderInput } from '../ordering/order.aggregate.ts';
import { anyAddress } from './address.arbitrary.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { freezeItem, freezeShipping, totalsOf } from './frozen-price.draft.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';

const anyAmount = fc.oneof(
  fc.bigInt({ min: 0n, max: 20n }),
  fc.bigInt({ min: 0n, max: 10n ** 9n }),
);
const anyPercentage = fc.oneof(fc.constantFrom(0n, 100n), fc.bigInt({ min: 0n, max: 100n }));

/** How much each of the promotions takes off what the ones before it left, and each of two taxes adds or finds. */
const adjustments = {
  percentagesOff: fc.array(anyPercentage, { maxLength: 3 }),
  taxRates: fc.array(fc.bigInt({ min: 0n, max: 40n }), { maxLength: 2 }),
};

const anyItem = fc.record({
  id: anyId<OrderItemId>(),
  productId: anyId<ProductId>(),
  variantId: anyId<VariantId>(),
  sku: fc.stringMatching(/^[A-Z0-9]{4}$/),
  name: fc.constantFrom('Green tea', '緑茶'),
  unitPrice: anyAmount,
  quantity: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9_999 })),
  ...adjustments,
});

const anyPromotion = fc.record({
  promotionId: anyId<string>(),
  name: fc.constantFrom('Summer', '夏'),
  class: fc.constantFrom('line' as const, 'order' as const, 'shipping' as const),
  couponCode: fc.constantFrom(null, 'SUMMER'),
});

/** An order whose amounts add up: promotions on goods and shipping, taxes in and on top of prices, and exempt buyers. */
export function anyOrderPlacement(): fc.Arbitrary<PlaceOrderInput> {
  return fc
    .record({
      id: anyId<OrderId>(),
      number: fc.constant('KAS-2026-000001' as OrderNumber),
      buyer: fc.oneof(
        fc.record({
          customerId: anyId<UserId>(),
          email: fc.constantFrom(null, 'ada@people.example'),
        }),
        fc.record({ customerId: fc.constant(null), email: fc.constant('guest@people.example') }),
      ),
      cartId: anyId<CartId>(),
      currency: anyCurrency(),
      prices: fc.constantFrom('inclusive' as const, 'exclusive' as const),
      isExempt: fc.boolean(),
      items: fc.uniqueArray(anyItem, { minLength: 1, maxLength: 5, selector: ({ id }) => id }),
      shipping: fc.record({ method: fc.constant('standard'), rate: anyAmount, ...adjustments }),
      promotions: fc.uniqueArray(anyPromotion, {
        minLength: 3,
        maxLength: 3,
        selector: ({ promotionId }) => promotionId,
      }),
      quoteHash: fc.constant('hash'),
      shippingAddress: anyAddress(),
      billingAddress: anyAddress(),
      paymentMethod: fc.constant('manual'),
      notes: fc.constantFrom('', 'Leave it\nat the door.'),
      at: anyInstant(),
    })
    .map(({ isExempt, items: goods, shipping: method, promotions: offered, buyer, ...rest }) => {
      const order = { ...rest, ...buyer };
      const terms = { ...order, isExempt, promotions: offered };
      const items = goods.map((item) => freezeItem(item, terms));
      const shipping = freezeShipping(method, terms);
      return { ...order, items, shipping, ...totalsOf({ items, shipping }, terms) };
    });
}
