// What the tests read of the answers; that the answers are so is checked against the OpenAPI document.

export type Money = { amount: string; currency: string };

export type Failure = {
  code: string;
  message: string;
  path: string | null;
  detail: Record<string, unknown>;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  path: string | null;
  errors: readonly Failure[];
};

export type Pagination = {
  count: number | null;
  count_is_exact: boolean;
  next: string | null;
  previous: string | null;
  page_size: number;
};

export type User = { id: string; email: string; first_name: string; role: string };

export type Category = { id: string; slug: string; name: string; product_count: number };

export type Listing = {
  id: string;
  slug: string;
  name: string;
  status: string;
  price: Money;
  in_stock: boolean;
  category: { id: string; slug: string; name: string } | null;
};

export type Product = Listing & {
  version: number;
  variants: readonly { id: string; sku: string; price: Money; in_stock: boolean }[];
};

export type Totals = {
  subtotal: Money;
  discount: Money;
  tax_relief: Money;
  shipping: Money;
  tax: Money;
  total: Money;
};

export type Cart = {
  id: string | null;
  version: number;
  items: readonly {
    id: string;
    product_id: string;
    variant_id: string;
    quantity: number;
    unit_price: Money;
    total: Money;
    available: boolean;
  }[];
  coupons: readonly {
    code: string;
    applied: boolean;
    promotion: { id: string; name: string } | null;
    discount: Money;
    reason: string | null;
    message: string | null;
  }[];
  item_count: number;
  shipping_method: string;
  shipping_address: Readonly<Record<string, string | null>> | null;
  estimated: boolean;
  totals: Totals;
  quote_hash: string;
};

export type Quote = Cart & {
  explanation: readonly {
    step: string;
    rule: string;
    text: string;
    exact: string;
    amount: Money;
    shares: readonly { item_id: string; amount: Money }[];
  }[];
  rejected: readonly { code: string; message: string }[];
};

export type Order = {
  id: string;
  number: string;
  status: string;
  payment_status: string;
  fulfilment_status: string;
  items: readonly {
    id: string;
    sku: string;
    quantity: number;
    unit_price: Money;
    discount: Money;
    discounts: readonly { promotion_id: string; amount: Money }[];
    units: readonly { quantity: number; total: Money; tax: Money }[];
    total: Money;
  }[];
  promotions: readonly { id: string; coupon_code: string | null; discount: Money }[];
  totals: Totals;
  email: string | null;
  shipping_address: Record<string, string | null>;
  shipping_method: string;
  payments: readonly Payment[];
  version: number;
};

export type Refund = {
  id: string;
  status: string;
  amount: Money;
  tax: Money;
  paid_out: Money;
  reason: string | null;
  lines: readonly { item_id: string; quantity: number; amount: Money }[];
  shipping: { amount: Money; tax: Money } | null;
  payouts: readonly { operation_id: string; outcome: string; amount: Money }[] | null;
};

export type Return = {
  id: string;
  order_id: string;
  status: string;
  reason: string;
  lines: readonly { item_id: string; quantity: number; received: number; restock: boolean }[];
  refund_id: string | null;
  exchange_order_id: string | null;
  version: number;
};

export type Payment = {
  id: string;
  method: string;
  status: string;
  amount: Money;
  captured: Money;
  refunded: Money;
  reference: string | null;
  decline_reason: string | null;
  client_secret: string | null;
};

export type Stock = { on_hand: number; reserved: number; available: number; version: number };

export type Movement = {
  type: string;
  on_hand_delta: number;
  reserved_delta: number;
  on_hand_after: number;
  reserved_after: number;
  reference: string;
  actor: string;
};
