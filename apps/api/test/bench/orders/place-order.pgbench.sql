-- What placing a guest's order asks of the database, statement by statement, as the API sends it: one item, no
-- promotion, a manual payment. Ids and times that the API makes itself are made here where they cost no round trip.
-- @VARIANT@ and @PRODUCT@ are filled in; the cart is one of those that were put there for it.
\set i :i + 1
\set n :client_id * :each + :i
begin isolation level read committed;

select acquired, fingerprint, status, headers, body, intent
from core.claim_idempotency_key('guest bench post /orders', ('bench-' || :n::text));

 select
   id, customer_id, currency, coupon_codes, shipping_method, shipping_method_at, shipping_address,
   shipping_address_at, created_at, updated_at, version,
   (select seen.version from ordering.carts seen where seen.id = cart.id) as version_seen,
   (
     select jsonb_agg(
       jsonb_build_object(
         'id', item.id, 'product_id', item.product_id, 'variant_id', item.variant_id,
         'quantity', item.quantity, 'price_seen', item.price_seen::text
       )
       order by item.position
     )
     from ordering.cart_items item
     where item.cart_id = cart.id
   ) as items
 from ordering.carts cart
where id = md5('bench-cart-' || :n::text)::uuid and customer_id is null and status = 'active' for update
\gset cart_

select
  variant.product_id,
  variant.id as variant_id,
  variant.sku,
  case when variant.name is null then product.name else product.name || ' – ' || variant.name end as name,
  price.amount,
  (product.status = 'published' and product.deleted_at is null and variant.deleted_at is null) as published,
  coalesce(stock.orderable, 0) as available,
  array(
    select above.id
    from unnest(category.path) with ordinality as above (id, depth)
    order by above.depth desc
  ) as category_ids,
  product.tags,
  variant.tax_class,
  variant.weight_grams,
  price.minimum_amount
from catalog.variants variant
join catalog.products product on product.id = variant.product_id
join catalog.prices price on price.variant_id = variant.id and price.currency = 'USD'
left join catalog.categories category on category.id = product.category_id and category.deleted_at is null
left join inventory.availability stock on stock.variant_id = variant.id
where variant.id = any('{@VARIANT@}'::uuid[])
order by variant.position;

    with buyer as (
  select
    coalesce(
      (select groups from identity.users where id = null and deleted_at is null),
      '{}'
    ) as groups,
    not exists (
      select from ordering.orders where customer_id is null and email = ('bench-' || :n::text || '@people.example') and status <> 'cancelled'
    ) as is_first_order
),
    presented as (
      select
        coupon.id, coupon.code, coupon.promotion_id, coupon.single_use, coupon.active,
        coupon.single_use and exists (
          select from pricing.redemptions redemption
          where redemption.coupon_id = coupon.id and redemption.given_back_at is null
        ) as used
      from pricing.coupons coupon
      where coupon.code = any('{}') and coupon.deleted_at is null
    )
    select
      buyer.groups, buyer.is_first_order,
      promotion.id, version, automatic, total_limit, customer_limit, uses,
      case when customer_limit is null then 0 else (
        select count(*)::integer
        from pricing.redemptions redemption
        where redemption.promotion_id = promotion.id
          and redemption.given_back_at is null
          and (redemption.customer_id = null::uuid or redemption.email = ('bench-' || :n::text || '@people.example')::text)
      ) end as by_customer,
      (
        select jsonb_agg(to_jsonb(presented)) from presented where presented.promotion_id = promotion.id
      ) as coupons
    from buyer
    left join pricing.promotions promotion
      on deleted_at is null
      and (
        promotion.id = any(array(select promotion_id from presented))
        or (
          automatic
          and active
          and (starts_at is null or starts_at <= now())
          and (ends_at is null or now() < ends_at)
        )
      )
    order by promotion.id;

select nextval('ordering.order_number') as sequence, gen_random_uuid() as order_id, gen_random_uuid() as held_id, gen_random_uuid() as movement_id, gen_random_uuid() as item_id, gen_random_uuid() as event_id, gen_random_uuid() as other_event_id, gen_random_uuid() as payment_id
\gset

select
  variant_id, location_id, tracking, backorder_limit, reorder_point, on_hand, reserved, version
from inventory.stock
where variant_id = any('{@VARIANT@}'::uuid[])
  and location_id = '01900000-0000-7000-8000-00000000d10c'
order by variant_id
for update
\gset stock_

    with  "cart_ordered" as (
  update ordering.carts
  set coupon_codes = '{}',
      shipping_method = null,
      shipping_method_at = null,
      shipping_address = null,
      shipping_address_at = null,
      status = 'ordered',
      order_id = :order_id::uuid,
      merged_into = null,
      updated_at = now(),
      version = version + 1
  where id = :cart_id::uuid and version = :cart_version::integer
  returning id
) , "stock_changed" as (
      update inventory.stock
      set
        on_hand = change.on_hand,
        reserved = change.reserved,
        tracking = change.tracking,
        backorder_limit = change.backorder_limit,
        reorder_point = change.reorder_point,
        version = change.version
      from jsonb_to_recordset(format('[{"variant_id": "@VARIANT@", "location_id": "01900000-0000-7000-8000-00000000d10c", "tracking": "tracked", "backorder_limit": null, "reorder_point": null, "on_hand": %1$s, "reserved": %2$s, "version": %3$s, "previous_version": %4$s}]', :stock_on_hand::text, (:stock_reserved::integer + 1), (:stock_version::integer + 1), :stock_version::text)::jsonb) as change (
        variant_id uuid, location_id uuid, on_hand integer, reserved integer, tracking text,
        backorder_limit integer, reorder_point integer, version integer, previous_version integer
      )
      where stock.variant_id = change.variant_id
        and stock.location_id = change.location_id
        and stock.version = change.previous_version
      returning stock.variant_id
    ) , "stock_held" as (
  insert into inventory.reservations (
    id, reference, variant_id, location_id, quantity, expires_at, created_at
  )
  select id, reference, variant_id, location_id, quantity, expires_at, created_at
  from jsonb_to_recordset(format('[{"id": "%2$s", "reference": "order:%1$s", "variant_id": "@VARIANT@", "location_id": "01900000-0000-7000-8000-00000000d10c", "quantity": 1, "expires_at": null, "created_at": "2026-11-23T13:37:04.816Z"}]', :order_id::text, :held_id::text)::jsonb) as reservation (
    id uuid, reference text, variant_id uuid, location_id uuid, quantity integer,
    expires_at timestamptz, created_at timestamptz
  )
  on conflict (reference, variant_id, location_id) do update
  set quantity = reservations.quantity + excluded.quantity, expires_at = excluded.expires_at
  returning id, variant_id, location_id
) , "stock_moved" as (
      insert into inventory.movements (
        id, variant_id, location_id, reservation_id, type, on_hand_delta, reserved_delta,
        on_hand_after, reserved_after, reference, actor, reason, occurred_at
      )
      select
        line.id, line.variant_id, line.location_id, held.id, line.type, line.on_hand_delta,
        line.reserved_delta, line.on_hand_after, line.reserved_after, line.reference, line.actor,
        line.reason, line.occurred_at
      from jsonb_to_recordset(format('[{"id": "%2$s", "variant_id": "@VARIANT@", "location_id": "01900000-0000-7000-8000-00000000d10c", "type": "reservation", "on_hand_delta": 0, "reserved_delta": 1, "on_hand_after": %3$s, "reserved_after": %4$s, "reference": "order:%1$s", "actor": "guest", "reason": "Order placed", "occurred_at": "2026-11-23T13:37:04.816Z"}]', :order_id::text, :movement_id::text, :stock_on_hand::text, (:stock_reserved::integer + 1))::jsonb) as line (
        id uuid, variant_id uuid, location_id uuid, type text, on_hand_delta integer,
        reserved_delta integer, on_hand_after integer, reserved_after integer, reference text,
        actor text, reason text, occurred_at timestamptz
      )
      left join stock_held held using (variant_id, location_id)
    ) , "added_to_ordering_orders" as (
    insert into "ordering"."orders" ("id","number","customer_id","cart_id","currency","status","prices","subtotal","discount","tax_relief","shipping","tax","total","quote_hash","shipping_charge","promotions","email","shipping_address","billing_address","shipping_method","payment_method","notes","placed_at","version")
    select "id","number","customer_id","cart_id","currency","status","prices","subtotal","discount","tax_relief","shipping","tax","total","quote_hash","shipping_charge","promotions","email","shipping_address","billing_address","shipping_method","payment_method","notes","placed_at","version"
    from jsonb_populate_recordset(null::"ordering"."orders", format('[{"id": "%1$s", "number": "%3$s", "customer_id": null, "cart_id": "%2$s", "currency": "USD", "status": "pending", "prices": "exclusive", "subtotal": "1999", "discount": "0", "tax_relief": "0", "shipping": "599", "tax": "0", "total": "2598", "quote_hash": "e31b1b67e6c9d95829695ae58caa6c0ebb2ecbd1d1ee674b90945181030f5072", "shipping_charge": {"rate": "599", "discount": "0", "discounts": [], "tax_relief": "0", "tax": "0", "taxes": []}, "promotions": [], "email": "bench@people.example", "shipping_address": {"name": "Ada Lovelace", "line1": "12 St James’s Square", "line2": null, "city": "London", "region": null, "postal_code": "SW1Y 4JH", "country": "GB", "phone": null}, "billing_address": {"name": "Ada Lovelace", "line1": "12 St James’s Square", "line2": null, "city": "London", "region": null, "postal_code": "SW1Y 4JH", "country": "GB", "phone": null}, "shipping_method": "standard", "payment_method": "manual", "notes": "", "placed_at": "2026-11-23T13:37:04.816Z", "version": 1}]', :order_id::text, :cart_id::text, ('KAS-2026-' || :sequence::text))::jsonb)
  ) , "added_to_ordering_order_items" as (
    insert into "ordering"."order_items" ("id","order_id","position","product_id","variant_id","sku","name","unit_price","quantity","subtotal","discount","discounts","tax_relief","tax","taxes","total","units")
    select "id","order_id","position","product_id","variant_id","sku","name","unit_price","quantity","subtotal","discount","discounts","tax_relief","tax","taxes","total","units"
    from jsonb_populate_recordset(null::"ordering"."order_items", format('[{"id": "%2$s", "order_id": "%1$s", "position": 0, "product_id": "@PRODUCT@", "variant_id": "@VARIANT@", "sku": "SKU-1", "name": "Desk lamp", "unit_price": "1999", "quantity": 1, "subtotal": "1999", "discount": "0", "discounts": [], "tax_relief": "0", "tax": "0", "taxes": [], "total": "1999", "units": [{"quantity": 1, "total": "1999", "tax": "0"}]}]', :order_id::text, :item_id::text)::jsonb)
  ) , "added_to_core_outbox" as (
    insert into "core"."outbox" ("id","type","schema_version","aggregate_id","aggregate_version","occurred_at","correlation_id","actor","payload")
    select "id","type","schema_version","aggregate_id","aggregate_version","occurred_at","correlation_id","actor","payload"
    from jsonb_populate_recordset(null::"core"."outbox", format('[{"id": "%2$s", "type": "ordering.order_placed", "schema_version": 1, "aggregate_id": "%1$s", "aggregate_version": 1, "occurred_at": "2026-11-23T13:37:04.816Z", "correlation_id": "34ee6f89-8f40-4de4-bc7b-8e1e3fcf3d9c", "actor": "guest", "payload": {"orderId": "%1$s", "number": "%5$s", "customerId": null, "total": {"amount": "25.98", "currency": "USD"}, "items": [{"variantId": "@VARIANT@", "quantity": 1}]}}, {"id": "%3$s", "type": "payments.payment_requested", "schema_version": 1, "aggregate_id": "%4$s", "aggregate_version": 1, "occurred_at": "2026-11-23T13:37:04.816Z", "correlation_id": "34ee6f89-8f40-4de4-bc7b-8e1e3fcf3d9c", "actor": "guest", "payload": {"paymentId": "%4$s", "orderId": "%1$s", "method": "manual", "amount": {"amount": "25.98", "currency": "USD"}}}]', :order_id::text, :event_id::text, :other_event_id::text, :payment_id::text, ('KAS-2026-' || :sequence::text))::jsonb)
  ) , "added_to_payments_payments" as (
    insert into "payments"."payments" ("id","order_id","method","amount","currency","created_at","version","status","authorized","captured","refunded","is_released","reference","decline_reason","abandoned_at")
    select "id","order_id","method","amount","currency","created_at","version","status","authorized","captured","refunded","is_released","reference","decline_reason","abandoned_at"
    from jsonb_populate_recordset(null::"payments"."payments", format('[{"id": "%2$s", "order_id": "%1$s", "method": "manual", "amount": "2598", "currency": "USD", "created_at": "2026-11-23T13:37:04.816Z", "version": 1, "status": "pending", "authorized": "0", "captured": "0", "refunded": "0", "is_released": false, "reference": null, "decline_reason": null, "abandoned_at": null}]', :order_id::text, :payment_id::text)::jsonb)
  ) , "added_to_core_idempotency_keys" as (
    insert into "core"."idempotency_keys" ("scope","key","fingerprint","status","headers","body","intent","kept_at")
    select "scope","key","fingerprint","status","headers","body","intent","kept_at"
    from jsonb_populate_recordset(null::"core"."idempotency_keys", format('[{"scope": "guest bench post /orders", "key": "%5$s", "fingerprint": "k-VRl_JCQtBt-nPyLjT6DuSpwsVfv8Jr9xgJLyE1juw", "status": 201, "headers": {"Content-Type": "application/json; charset=utf-8", "ETag": "\"v1-8pmaHZE1zO4-En9A\""}, "body": "{\"success\": true, \"data\": {\"id\": \"%1$s\", \"number\": \"%4$s\", \"status\": \"pending\", \"cancel_reason\": null, \"payment_status\": \"pending\", \"fulfilment_status\": \"unfulfilled\", \"currency\": \"USD\", \"prices\": \"exclusive\", \"items\": [{\"id\": \"%2$s\", \"product_id\": \"@PRODUCT@\", \"variant_id\": \"@VARIANT@\", \"sku\": \"SKU-1\", \"name\": \"Desk lamp\", \"unit_price\": {\"amount\": \"19.99\", \"currency\": \"USD\"}, \"quantity\": 1, \"subtotal\": {\"amount\": \"19.99\", \"currency\": \"USD\"}, \"discount\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"discounts\": [], \"tax_relief\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"tax\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"taxes\": [], \"total\": {\"amount\": \"19.99\", \"currency\": \"USD\"}, \"units\": [{\"quantity\": 1, \"total\": {\"amount\": \"19.99\", \"currency\": \"USD\"}, \"tax\": {\"amount\": \"0.00\", \"currency\": \"USD\"}}]}], \"shipping\": {\"method\": \"standard\", \"rate\": {\"amount\": \"5.99\", \"currency\": \"USD\"}, \"discount\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"discounts\": [], \"tax_relief\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"tax\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"taxes\": [], \"total\": {\"amount\": \"5.99\", \"currency\": \"USD\"}}, \"promotions\": [], \"totals\": {\"subtotal\": {\"amount\": \"19.99\", \"currency\": \"USD\"}, \"discount\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"tax_relief\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"shipping\": {\"amount\": \"5.99\", \"currency\": \"USD\"}, \"tax\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"total\": {\"amount\": \"25.98\", \"currency\": \"USD\"}}, \"email\": \"bench@people.example\", \"shipping_address\": {\"name\": \"Ada Lovelace\", \"line1\": \"12 St James’s Square\", \"line2\": null, \"city\": \"London\", \"region\": null, \"postal_code\": \"SW1Y 4JH\", \"country\": \"GB\", \"phone\": null}, \"billing_address\": {\"name\": \"Ada Lovelace\", \"line1\": \"12 St James’s Square\", \"line2\": null, \"city\": \"London\", \"region\": null, \"postal_code\": \"SW1Y 4JH\", \"country\": \"GB\", \"phone\": null}, \"shipping_method\": \"standard\", \"payment_method\": \"manual\", \"payments\": [{\"id\": \"%3$s\", \"method\": \"manual\", \"status\": \"pending\", \"amount\": {\"amount\": \"25.98\", \"currency\": \"USD\"}, \"captured\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"refunded\": {\"amount\": \"0.00\", \"currency\": \"USD\"}, \"reference\": null, \"decline_reason\": null, \"client_secret\": null, \"created_at\": \"2026-11-23T13:37:04.816Z\"}], \"fulfilments\": [], \"refunds\": [], \"notes\": \"\", \"placed_at\": \"2026-11-23T13:37:04.816Z\", \"version\": 1, \"order_token\": null}, \"message\": \"Order placed\", \"errors\": null, \"pagination\": null}", "intent": null, "kept_at": "2026-11-23T13:37:04.821Z"}]', :order_id::text, :item_id::text, :payment_id::text, ('KAS-2026-' || :sequence::text), ('bench-' || :n::text))::jsonb)
  ) select  1 as sent , (select count(*)::integer from "cart_ordered") as "cart_ordered" , (select count(*)::integer from "stock_changed") as "stock_changed";

commit;
