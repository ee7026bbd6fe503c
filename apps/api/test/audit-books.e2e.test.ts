import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase, postgresShop } from '@kastoma/adapters-postgres/testing';
import { givenVariant } from '@kastoma/application/testing';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

it(
  'whoever runs the shop is told whether all books add up, and what is off',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const { variantId } = await givenVariant(postgresShop(database), 10);
    const run = (...words: readonly string[]) => {
      const env = { ...process.env, DATABASE_URL: url };
      const { status, stdout } = spawnSync(process.execPath, [CLI, 'audit-books', ...words], {
        env,
      });
      return { status, text: stdout.toString() };
    };

    const clean = run();
    expect(clean.status).toBe(0);
    expect(clean.text).toMatch(/^The books add up\.\norders 0, ordered 0, .*onHand 10, /);
    await database`update inventory.movements set type = 'damage'`;
    const table = run();
    expect(table.status).toBe(1);
    expect(table.text.split('\n').map((line) => line.split(/ {2,}/))).toContainEqual([
      'INVARIANT',
      'SUBJECT',
      'EXPECTED',
      'FOUND',
    ]);
    expect(table.text).toContain('movement_goes_the_way_of_its_type');
    await database`update inventory.movements set type = 'purchase'`;
    await database`update inventory.stock set on_hand = 12`;
    const { status, text } = run('--json');
    expect([status, JSON.parse(text)]).toMatchObject([
      1,
      {
        figures: { onHand: '12' },
        off: [
          {
            invariant: 'on_hand_is_what_came_less_what_went',
            subject: variantId,
            expected: '10',
            found: '12',
          },
          { invariant: 'on_hand_is_the_sum_of_its_deltas', subject: `${variantId} MAIN` },
        ],
      },
    ]);
  },
);
