import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

it(
  'whoever runs the shop sees what is in quarantine, and sends it out again',
  { timeout: 60_000 },
  async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'));
    onTestFinished(drop);
    const [one, other] = [randomUUID(), randomUUID()];
    for (const id of [one, other]) {
      await database`
      insert into core.outbox (
        id, type, schema_version, aggregate_id, aggregate_version, occurred_at, correlation_id,
        actor, payload, shared_out_at
      ) values (${id}, 'test.happened', 1, ${id}, 1, now(), 'test', 'system', '{}', now())
    `;
      await database`
      insert into core.deliveries (
        event_id, consumer, event_type, aggregate_id, aggregate_version, attempts, due_at,
        quarantined_at, last_error
      ) values (${id}, 'test.listener', 'test.happened', ${id}, 1, 15, now(), now(), 'test.refused')
    `;
    }
    const run = (...words: readonly string[]) => {
      const env = { ...process.env, DATABASE_URL: url };
      const { status, stdout } = spawnSync(process.execPath, [CLI, ...words], { env });
      return { status, lines: stdout.toString().split('\n').slice(0, -1) };
    };

    const shown = run('quarantine');
    expect(shown.lines).toHaveLength(2);
    expect(shown.lines.join('\n')).toMatch(
      new RegExp(`^\\S+Z  ${one}  test\\.happened  test\\.listener  test\\.refused$`, 'm'),
    );
    expect(run('replay', '--event', one)).toEqual({ status: 0, lines: ['1 due again.'] });
    expect(run('replay', '--consumer', 'test.nobody').lines).toEqual(['0 due again.']);
    expect(run('replay').lines).toEqual(['1 due again.']);
    expect(run('quarantine').lines).toEqual([]);
    for (const wrong of [['forget'], ['replay', '--event', 'any'], ['replay', '--all']])
      expect(run(...wrong)).toEqual({ status: 2, lines: [] });
  },
);
