-- Codes that the shopper presented, folded, in the order in which they came.
alter table ordering.carts
  add column coupon_codes text[] not null default '{}'
    check (cardinality(coupon_codes) <= 10 and array_position(coupon_codes, null) is null);

-- An order freezes its quote. Amounts in the documents are minor units in decimal text, since numbers of JSON may be
-- read as floats. Null stands in orders that were placed before there were discounts and taxes: the reader knows
-- what it means, and the version before this one, which may still run, writes nothing else.
alter table ordering.orders
  add column prices text not null default 'exclusive' check (prices in ('inclusive', 'exclusive')),
  add column tax_relief bigint not null default 0 check (tax_relief >= 0),
  add column shipping_charge jsonb check (jsonb_typeof(shipping_charge) = 'object'),
  add column promotions jsonb not null default '[]' check (jsonb_typeof(promotions) = 'array'),
  drop constraint orders_check1,
  add constraint orders_total check (
    total = subtotal - discount - tax_relief + shipping + case prices when 'exclusive' then tax else 0 end
  );

alter table ordering.order_items
  add column discounts jsonb not null default '[]' check (jsonb_typeof(discounts) = 'array'),
  add column tax_relief bigint not null default 0 check (tax_relief >= 0),
  add column taxes jsonb not null default '[]' check (jsonb_typeof(taxes) = 'array'),
  add column units jsonb check (jsonb_typeof(units) = 'array' and units <> '[]'),
  drop constraint order_items_check2,
  add constraint order_items_total check (total = subtotal - discount - tax_relief);
