-- Where the shopper wants it shipped to; null as long as nobody has said so.
alter table ordering.carts
  add column shipping_address jsonb check (jsonb_typeof(shipping_address) = 'object');
