import fc from 'fast-check';

import { Address } from '../core/address.value.ts';
import type {
  CartId,
  OrderId,
  OrderItemId,
  ProductId,
  UserId,
  VariantId,
} from '../core/ids.value.ts';
import { Money } from '../core/money.value.ts';
import type { OrderNumber } from '../ordering/order-number.value.ts';
import type { OrderItem, PlaceOrderInput } from '../ordering/order.aggregate.ts';
import { anyCurrency } from './currency.arbitrary.ts';
import { anyId } from './identifier.arbitrary.ts';
import { anyInstant } from './instant.arbitrary.ts';

const address = Address.parse({
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
})._unsafeUnwrap();

const anyAmount = fc.oneof(
  fc.bigInt({ min: 0n, max: 20n }),
  fc.bigInt({ min: 0n, max: 10n ** 9n }),
);

const anyItem = fc.record({
  id: anyId<OrderItemId>(),
  productId: anyId<ProductId>(),
  variantId: anyId<VariantId>(),
  sku: fc.stringMatching(/^[A-Z0-9]{4}$/),
  name: fc.constantFrom('Green tea', '緑茶'),
  unitPrice: anyAmount,
  quantity: fc.integer({ min: 1, max: 9_999 }),
  discountPercentage: fc.bigInt({ min: 0n, max: 100n }),
  tax: anyAmount,
});

/** An order whose amounts add up, discounts and taxes included in its prices among them. */
export function anyOrderPlacement(): fc.Arbitrary<PlaceOrderInput> {
  return fc
    .record({
      id: anyId<OrderId>(),
      number: fc.constant('KAS-2026-000001' as OrderNumber),
      customerId: anyId<UserId>(),
      cartId: anyId<CartId>(),
      currency: anyCurrency(),
      items: fc.array(anyItem, { minLength: 1, maxLength: 5 }),
      shipping: anyAmount,
      quoteHash: fc.constant('hash'),
      email: fc.constantFrom(null, 'ada@people.example'),
      shippingAddress: fc.constant(address),
      billingAddress: fc.constant(address),
      shippingMethod: fc.constant('standard'),
      paymentMethod: fc.constant('manual'),
      notes: fc.constantFrom('', 'Leave it\nat the door.'),
      at: anyInstant(),
    })
    .map(({ items: drafts, shipping, ...order }) => {
      const money = (minorUnits: bigint) => Money.of(minorUnits, order.currency)._unsafeUnwrap();
      const items = drafts.map(({ unitPrice, discountPercentage, tax, ...item }) => {
        const subtotal = unitPrice * BigInt(item.quantity);
        const discount = (subtotal * discountPercentage) / 100n;
        return {
          ...item,
          unitPrice: money(unitPrice),
          subtotal: money(subtotal),
          discount: money(discount),
          tax: money(tax),
          total: money(subtotal - discount),
        };
      });
      const sum = (pick: (item: OrderItem) => Money) =>
        items.reduce((total, item) => total + pick(item).minorUnits, 0n);
      const totals = {
        subtotal: money(sum((item) => item.subtotal)),
        discount: money(sum((item) => item.discount)),
        shipping: money(shipping),
        tax: money(sum((item) => item.tax)),
        total: money(sum((item) => item.total) + shipping),
      };
      return { ...order, items, totals };
    });
}
