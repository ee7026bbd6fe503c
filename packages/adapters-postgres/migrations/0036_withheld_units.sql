-- Units that were paid back before they left do not leave any more. What was refunded before this counts as it did then:
-- it leaves. The previous version, which may still run, withholds nothing, and cannot send off what is withheld.
alter table ordering.order_items
  add column withheld integer not null default 0,
  add constraint order_items_withheld check (
    withheld between 0 and refunded and fulfilled + withheld <= quantity
  );

alter table ordering.refund_lines
  add column withheld integer not null default 0,
  add constraint refund_lines_withheld check (withheld between 0 and quantity);

create or replace function ordering.count_refunded_units() returns trigger language plpgsql as $$
begin
  update ordering.order_items item
  set
    refunded = item.refunded + new.quantity,
    refunded_amount = item.refunded_amount + new.amount,
    withheld = item.withheld + new.withheld
  from ordering.refunds refund
  where item.id = new.order_item_id
    and refund.id = new.refund_id
    and refund.order_id = item.order_id;
  if not found then
    raise exception 'a refund holds an item of another order' using errcode = 'foreign_key_violation';
  end if;
  return new;
end
$$;
