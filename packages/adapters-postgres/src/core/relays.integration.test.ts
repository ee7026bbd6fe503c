import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, inject, it, onTestFinished } from 'vitest';

import type { Instant } from '@kastoma/domain/core';

import {
  CONSUMERS,
  openRelay,
  prepareEffects,
  tell,
  type Mishaps,
  type TestRelay,
} from '../../test/relay.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import type { Database } from './database.ts';
import { migrate } from './migrations.ts';
import { PostgresOutboxDeliveries } from './outbox.postgres-deliveries.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const RELAY_PROCESS = fileURLToPath(new URL('../../test/relay-process.ts', import.meta.url));

describe('several relays at once', () => {
  it('lose no event and do nothing twice or out of order, though subscribers fail and stall', async () => {
    const { url, database } = await databaseForEffects();
    const chance = chances(20_261_123);
    const mishaps: Mishaps = {
      before: async () => {
        const drawn = chance();
        if (drawn < 0.05) return 'is refused';
        if (drawn < 0.08) throw new Error('a defect');
        // Longer than the lease: others take over meanwhile.
        if (drawn < 0.083) await pause(700);
        return 'goes on';
      },
      after: async () => {
        if (chance() < 0.03) throw new Error('a defect after the effect');
      },
    };
    const relays = [1, 2, 3].map(() => opened(openRelay(url, mishaps)));
    await tell(database, 300, 5);
    const running = Promise.all(relays.map(({ run }) => run()));
    await tell(database, 100, 5);
    await running;
    await Promise.all(relays.map(({ run }) => run()));
    await expectEachEffectOnce(database, 2_000);
  }, 60_000);
});

describe('a relay', () => {
  it('does not leave a delivery to the end of its lease because somebody has just looked at it', async () => {
    const { url, database } = await databaseForEffects();
    await tell(database, 1, 1);
    const { relay } = opened(openRelay(url, {}));
    const [first] = await relay.claim(2);
    const looked = database.begin(async (sql) => {
      await sql`select from core.deliveries for update`;
      await pause(100);
    });
    await pause(50);
    const report = await relay.deliver(first ?? expect.fail());
    expect(report.outcome).toBe('handled');
    await looked;
  });

  it('has the database end a subscriber that hangs in its transaction, and tries again', async () => {
    const { url, database } = await databaseForEffects();
    await tell(database, 1, 1);
    const { promise: never } = Promise.withResolvers<'goes on'>();
    let tries = 0;
    const before = async () => {
      tries += 1;
      return tries === 1 ? never : 'goes on';
    };
    const { relay, run } = opened(
      openRelay(`${url}?idle_in_transaction_session_timeout=50`, { before }),
    );
    const [first] = await relay.claim(1);
    const report = await relay.deliver(first ?? expect.fail());
    expect(report).toMatchObject({ outcome: 'failed', attempts: 1 });
    await run();
    await expectEachEffectOnce(database, 1);
  });

  it('does not wait for a subscriber that hangs in its transaction, and leaves the delivery to the end of its lease', async () => {
    const { url, database } = await databaseForEffects();
    await tell(database, 1, 1);
    const { relay } = opened(openRelay(url, {}));
    const [first = expect.fail()] = await relay.claim(1);
    const deliveries = new PostgresOutboxDeliveries(database);
    const { promise: hanging, resolve: end } = Promise.withResolvers<void>();
    const held = database.begin(async (sql) => {
      await sql`select from core.deliveries for update`;
      await hanging;
    });
    await pause(50);
    const now = Date.now() as Instant;
    const [, isQuarantined] = await Promise.all([
      deliveries.noteFailed(first, 'test.hangs', now),
      deliveries.quarantine(first, 'test.hangs', now),
    ]);
    expect(isQuarantined).toBe(false);
    expect(Date.now() - now).toBeLessThan(10_000);
    end();
    await held;
    await expect(
      database`select from core.deliveries where last_error is not null`,
    ).resolves.toHaveLength(0);
    expect(await deliveries.quarantine(first, 'test.hangs', now)).toBe(true);
  });

  it('does not tell of what was told before anybody listened', async () => {
    const { url, database, drop } = await createTestDatabase(inject('postgresUrl'), {
      poolSize: 2,
      migrated: false,
    });
    onTestFinished(drop);
    await migrate(database, { folder: await folderUpTo('0009') });
    await tell(database, 5, 1);
    await migrate(database);
    await prepareEffects(database);
    await tell(database, 2, 1);
    await opened(openRelay(url, {})).run();
    await expect(database`select from effects`).resolves.toHaveLength(2 * CONSUMERS.length);
  });
});

describe('a relay that is killed', () => {
  it.each(['before_the_effect', 'before_the_commit', 'after_the_commit'])(
    '%s has lost nothing, and nothing is done twice',
    async (place) => {
      const { url, database } = await databaseForEffects();
      await tell(database, 3, 2);
      const victim = await startRelay(url, place);
      await victim.says('here');
      await victim.kill();
      await opened(openRelay(url, {})).run();
      await expectEachEffectOnce(database, 6);
    },
  );

  it('between an errand and its note has it run again: at least once', async () => {
    const { url, database } = await databaseForEffects();
    await tell(database, 1, 1);
    const victim = await startRelay(url, 'after_the_errand');
    await victim.says('here');
    await victim.kill();
    await opened(openRelay(url, {}, true)).run();
    expect(await database`select consumer from effects`).toEqual([
      { consumer: 'test.errand' },
      { consumer: 'test.errand' },
    ]);
  });

  it('at any moment, again and again, has lost nothing, and nothing is done twice or out of order', async () => {
    const { url, database } = await databaseForEffects();
    await tell(database, 300, 5);
    const chance = chances(7);
    for (let turn = 0; turn < 3; turn += 1) {
      const victims = [await startRelay(url, 'anywhere'), await startRelay(url, 'anywhere')];
      await Promise.all(victims.map((victim) => victim.says('running')));
      await pause(50 + 250 * chance());
      await Promise.all(victims.map((victim) => victim.kill()));
    }
    const [{ done } = { done: 0 }] = await database<
      { done: number }[]
    >`select count(*)::int as done from effects`;
    expect(done).toBeGreaterThan(0);
    await opened(openRelay(url, {})).run();
    await expectEachEffectOnce(database, 1_500);
  }, 60_000);
});

async function databaseForEffects() {
  const test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  onTestFinished(test.drop);
  await prepareEffects(test.database);
  return test;
}

function opened(relay: TestRelay): TestRelay {
  onTestFinished(relay.close);
  return relay;
}

async function expectEachEffectOnce(database: Database, events: number): Promise<void> {
  const [found] = await database<{ told: number; effects: number; once: number }[]>`
    select
      (select count(*)::int from core.outbox) as told,
      (select count(*)::int from effects) as effects,
      (
        select count(*)::int
        from (select distinct consumer, aggregate_id, aggregate_version from effects) them
      ) as once
  `;
  const all = events * CONSUMERS.length;
  expect(found).toEqual({ told: events, effects: all, once: all });
  const late = await database`
    select later.consumer from effects later join effects earlier
      on later.consumer = earlier.consumer and later.aggregate_id = earlier.aggregate_id
      and later.aggregate_version > earlier.aggregate_version and later.number < earlier.number
  `;
  expect(late).toEqual([]);
}

/** The migrations of an older version. */
async function folderUpTo(last: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kastoma-migrations-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const names = (await readdir(MIGRATIONS)).filter((name) => name < `${last}~`);
  await Promise.all(names.map((name) => copyFile(join(MIGRATIONS, name), join(folder, name))));
  return folder;
}

/** Starts a relay of its own process. */
async function startRelay(url: string, place: string) {
  const child = spawn(process.execPath, [RELAY_PROCESS, url, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  onTestFinished(kill);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const says = (word: string) =>
    expect.poll(() => output, { timeout: 15_000, interval: 5 }).toContain(word);
  return { says, kill };
}

/** The same in every run: a number between 0 and 1 each time. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
