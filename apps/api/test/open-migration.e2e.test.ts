import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it, onTestFinished } from 'vitest';

import { migrate } from '@kastoma/adapters-postgres';

import type { Client } from './client.ts';
import { openTwoProcesses } from './two-processes.ts';

const MIGRATIONS = fileURLToPath(
  new URL('../../../packages/adapters-postgres/migrations', import.meta.url),
);
const PATIENCE = { timeout: 10_000 };
/** What a next version may do to tables that are written all the while. */
const NEXT: Readonly<Record<string, string>> = {
  '9001_gifts.sql': `alter table catalog.products add column gift_text text not null default '';
    alter table catalog.products add constraint gift_text_short check (length(gift_text) < 500) not valid;`,
  '9002_gifts_are_short.sql': 'alter table catalog.products validate constraint gift_text_short;',
  '9003_gifts_by_text.sql':
    'create index concurrently if not exists products_by_gift_text on catalog.products (gift_text);',
};

it(
  'two API processes sell on while the next version migrates their database',
  { timeout: 60_000 },
  async () => {
    const shop = await openTwoProcesses({});
    onTestFinished(() => shop.close());
    const customers = await shop.signUp('ada');
    const folder = await folderWith(NEXT);

    const done = new AbortController();
    onTestFinished(() => done.abort());
    let answered = 0;
    const goOn = async (customer: Client): Promise<void> => {
      while (!done.signal.aborted) {
        await customer.get('/products/').expect(200);
        await customer.patch('/users/me/', { first_name: `Ada ${answered}` }).expect(200);
        answered += 1;
      }
    };
    const selling = customers.map(goOn);
    await expect.poll(() => answered, PATIENCE).toBeGreaterThan(5);
    const before = answered;
    expect(await migrate(shop.database, { folder })).toEqual(Object.keys(NEXT));
    await expect.poll(() => answered, PATIENCE).toBeGreaterThan(before + 5);
    done.abort();
    await Promise.all(selling);
  },
);

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-next-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(MIGRATIONS, folder, { recursive: true });
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql);
  return folder;
}
