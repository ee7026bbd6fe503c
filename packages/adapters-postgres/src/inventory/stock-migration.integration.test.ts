import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, inject, it, onTestFinished } from 'vitest';

import { migrate } from '../core/migrations.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { PostgresStockAudit } from './stock-audit.postgres-queries.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
const VARIANT = '01900000-0000-7000-8000-0000000000aa';
const SUBJECT = '0022_inventory.sql';

it('what orders were promised before there were reservations is held for them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bring = (name: string) => cp(join(MIGRATIONS, name), join(folder, name));
  for (const name of await readdir(MIGRATIONS))
    if (name < SUBJECT && name.endsWith('.sql')) await bring(name);
  const { database, drop } = await createTestDatabase(inject('postgresUrl'), { migrated: false });
  onTestFinished(drop);
  await migrate(database, { folder });
  await database.begin(async (sql) => {
    // Without the catalogue: what it holds by then is not what this is about.
    await sql`set local session_replication_role = replica`;
    await sql`
      insert into inventory.stock (variant_id, on_hand, reserved, version) values (${VARIANT}, 9, 5, 4)
    `;
    await sql`
      insert into inventory.movements (
        id, variant_id, type, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
        reference, actor, reason, occurred_at
      )
      select gen_random_uuid(), ${VARIANT}, type, on_hand, reserved, 9, after, reference, 'test', '', now()
      from (
        values
          ('adjustment', 9, 0, 0, 'catalog'),
          ('reservation', 0, 2, 2, 'order:1'),
          ('reservation', 0, 3, 5, 'order:2')
      ) as movement (type, on_hand, reserved, after, reference)
    `;
  });

  await bring(SUBJECT);
  expect(await migrate(database, { folder })).toEqual([SUBJECT]);

  expect(
    await database`
    select reference, open_quantity from inventory.reservations order by reference
  `,
  ).toEqual([
    { reference: 'order:1', open_quantity: 2 },
    { reference: 'order:2', open_quantity: 3 },
  ]);
  expect(await new PostgresStockAudit(database).discrepancies(10)).toEqual([]);
});
