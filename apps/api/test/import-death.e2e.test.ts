import { setTimeout as pause } from 'node:timers/promises';

import { expect, inject, it, onTestFinished } from 'vitest';

import { PostgresStockAudit } from '@kastoma/adapters-postgres';
import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import type { SignedIn } from './client.ts';
import { newDataFolder, startApi } from './data-folders.ts';
import { ADMIN } from './test-shop.ts';

const PRODUCTS = 6_000;

it(
  'an API that is killed in the middle of an import loses nothing and doubles nothing',
  { timeout: 90_000 },
  async () => {
    const { url: databaseUrl, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const variables = {
      KASTOMA_ENV: 'test',
      DATABASE_URL: databaseUrl,
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    };
    const folder = await newDataFolder();
    const first = startApi(folder, variables);
    const guest = await first.guest();
    const { data } = await guest.post<SignedIn>('/auth/login/', ADMIN).expect(200);
    const lines = Array.from(
      { length: PRODUCTS },
      (_, index) => `p-${index},Product ${index},DEATH-${index},9.99,${(index % 9) + 1}\n`,
    );
    const received = await fetch(`${guest.url}/api/v1/products/import/`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${data.access}`, 'Content-Type': 'text/csv' },
      body: `product_slug,name,sku,price,stock\n${lines.join('')}`,
    });
    expect(received.status).toBe(202);
    const standing = async () => {
      const [row] = await database<{ status: string; done_rows: number; created: number }[]>`
        select status, done_rows, created from catalog.imports
      `;
      return row;
    };
    while (((await standing())?.done_rows ?? 0) === 0) await pause(5);
    await pause(60);
    first.signal('SIGKILL');
    await first.ended();
    const before = await standing();
    expect(before?.status).toBe('running');
    expect(before?.done_rows).toBeLessThan(PRODUCTS);

    await startApi(folder, variables).opened();
    while ((await standing())?.status !== 'finished') await pause(50);
    expect(await standing()).toMatchObject({ done_rows: PRODUCTS, created: PRODUCTS });
    const [counted] = await database`
      select
        (select count(*)::int from catalog.variants where sku like 'DEATH-%') as variants,
        (select count(*)::int from inventory.movements where reference like 'import:%') as movements,
        (select sum(stock.on_hand)::int from inventory.stock stock
          join catalog.variants variant on variant.id = stock.variant_id
          where variant.sku like 'DEATH-%') as units,
        (select count(*)::int from catalog.listing where slug ~ '^p-') as listed,
        (select count(*)::int from core.outbox
          where type = 'catalog.product_created' and payload ->> 'slug' ~ '^p-') as told
    `;
    const units = lines.reduce((sum, _, index) => sum + (index % 9) + 1, 0);
    expect(counted).toEqual({
      variants: PRODUCTS,
      movements: PRODUCTS,
      units,
      listed: PRODUCTS,
      told: PRODUCTS,
    });
    expect(await new PostgresStockAudit(database).discrepancies(1)).toEqual([]);
  },
);
