-- What promotions ask of a customer and of a product. The tables stand in the order in which an order reads them.
alter table identity.users
  add column groups text[] not null default '{}';

alter table catalog.products
  add column tags text[] not null default '{}' check (cardinality(tags) <= 50);

-- No promotion brings a unit below it.
alter table catalog.prices
  add column minimum_amount bigint check (minimum_amount between 0 and amount);
