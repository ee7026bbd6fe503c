import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase, postgresShop } from '@kastoma/adapters-postgres/testing';
import { givenVariant } from '@kastoma/application/testing';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

it(
  'whoever runs the shop is told whether the books of stock add up, and where they do not',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const { variantId } = await givenVariant(postgresShop(database), 10);
    const run = (...words: readonly string[]) => {
      const env = { ...process.env, DATABASE_URL: url };
      const { status, stdout } = spawnSync(process.execPath, [CLI, 'check-stock', ...words], {
        env,
      });
      return { status, text: stdout.toString() };
    };

    expect(run()).toEqual({ status: 0, text: 'The books of stock add up.\n' });
    expect(run('--json')).toEqual({ status: 0, text: '[]\n' });
    await database`update inventory.stock set on_hand = 12`;
    const table = run();
    expect(table.status).toBe(1);
    expect(table.text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['INVARIANT', 'VARIANT', 'LOCATION', 'AT', 'EXPECTED', 'FOUND'],
      ['on_hand_is_the_sum_of_its_deltas', variantId, 'MAIN', '-', '10', '12'],
      [''],
    ]);
    const { status, text } = run('--json');
    expect([status, JSON.parse(text)]).toEqual([
      1,
      [
        {
          invariant: 'on_hand_is_the_sum_of_its_deltas',
          variantId,
          location: 'MAIN',
          at: null,
          expected: '10',
          found: '12',
        },
      ],
    ]);
  },
);
