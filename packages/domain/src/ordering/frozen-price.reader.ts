import type { OrderItemId, ProductId, VariantId } from '../core/ids.value.ts';
import { parseId } from '../core/ids.value.ts';
import {
  listOf,
  nullOr,
  objectOf,
  oneOf,
  readText,
  readWholeNumber,
  textThat,
} from '../core/json-reader.ts';
import { readCurrency, readMoney } from '../core/value-readers.ts';
import {
  PRICE_MODES,
  PROMOTION_CLASSES,
  type FrozenDiscount,
  type FrozenTax,
  type FrozenUnits,
  type OrderItem,
  type OrderPromotion,
  type OrderShipping,
  type OrderTotals,
} from './frozen-price.value.ts';

export const readItemId = textThat((text) => parseId<OrderItemId>(text));

const charge = {
  discount: readMoney,
  discounts: listOf(objectOf<FrozenDiscount>({ promotionId: readText, amount: readMoney })),
  taxRelief: readMoney,
  tax: readMoney,
  taxes: listOf(objectOf<FrozenTax>({ ruleId: readText, amount: readMoney })),
  total: readMoney,
};

const readItem = objectOf<OrderItem>({
  id: readItemId,
  productId: textThat((text) => parseId<ProductId>(text)),
  variantId: textThat((text) => parseId<VariantId>(text)),
  sku: readText,
  name: readText,
  unitPrice: readMoney,
  quantity: readWholeNumber,
  subtotal: readMoney,
  ...charge,
  units: listOf(
    objectOf<FrozenUnits>({ quantity: readWholeNumber, total: readMoney, tax: readMoney }),
  ),
});

const readPromotion = objectOf<OrderPromotion>({
  promotionId: readText,
  name: readText,
  class: oneOf(PROMOTION_CLASSES),
  couponCode: nullOr(readText),
  discount: readMoney,
  shippingDiscount: readMoney,
});

/** The readers of a frozen price, by its fields. */
export const frozenPriceReaders = {
  currency: readCurrency,
  prices: oneOf(PRICE_MODES),
  items: listOf(readItem),
  shipping: objectOf<OrderShipping>({ method: readText, rate: readMoney, ...charge }),
  promotions: listOf(readPromotion),
  totals: objectOf<OrderTotals>({
    subtotal: readMoney,
    discount: readMoney,
    taxRelief: readMoney,
    shipping: readMoney,
    tax: readMoney,
    total: readMoney,
  }),
};
