import type { Currency } from '@kastoma/domain/core';

import type { Queryable } from './database.ts';

/** Keeps the currency that the shop is opened with for the first time; says which one was kept, by whomever. */
export async function keepCurrency(sql: Queryable, currency: Currency): Promise<string> {
  await sql`insert into core.shop (currency, opened_at) values (${currency}, now()) on conflict do nothing`;
  // A statement of its own: it sees what another process committed while this one was waiting.
  const [shop] = await sql<{ currency: string }[]>`select currency from core.shop`;
  if (shop === undefined) throw new Error('core.shop is empty.');
  return shop.currency;
}

/** What tells this shop from all others that share a server with it, copies and restored ones included. */
export async function nameOfShop(sql: Queryable): Promise<string> {
  const [shop] = await sql<{ name: string }[]>`
    select base.oid::text || '-' || (extract(epoch from shop.opened_at) * 1000000)::bigint::text as name
    from core.shop shop
    join pg_database base on base.datname = current_database()
  `;
  if (shop === undefined) throw new Error('core.shop is empty.');
  return shop.name;
}
