import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { CRASH_SCENARIOS } from './drills/crash-scenarios.ts';
import { crash } from './drills/crash-sweep.ts';
import type { Death } from './drills/death.ts';
import { DrilledShop } from './drills/drilled-shop.ts';

const AT_ONCE = 3;
/** In the middle of a transaction, or when a provider has moved money that nobody heard of; all of them are for `npm run drill:crash`. */
const SAMPLED: Readonly<Record<string, readonly Death[]>> = {
  placement: [
    { of: 'statement', when: 'after', at: 6 },
    { of: 'call', when: 'after', at: 1 },
  ],
  capture: [
    { of: 'statement', when: 'before', at: 4 },
    { of: 'call', when: 'after', at: 1 },
  ],
  refund: [
    { of: 'statement', when: 'after', at: 6 },
    { of: 'call', when: 'after', at: 1 },
  ],
  webhook: [
    { of: 'statement', when: 'before', at: 3 },
    { of: 'statement', when: 'after', at: 5 },
  ],
  cancellation: [
    { of: 'statement', when: 'before', at: 4 },
    { of: 'statement', when: 'after', at: 6 },
  ],
};

let shop: DrilledShop;
let remove: () => Promise<void>;

beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'kastoma-crash-'));
  const { url: databaseUrl, database, drop } = await createTestDatabase(inject('postgresUrl'));
  const dataFolder = join(parent, 'data');
  shop = await DrilledShop.open({ databaseUrl, database, dataFolder });
  remove = async () => {
    await shop.killAll();
    await drop();
    await rm(parent, { recursive: true, maxRetries: 10 });
  };
});

afterAll(() => remove());

it(
  'whatever a process dies of while orders are placed and paid, money and stock have moved once',
  { timeout: 240_000 },
  async () => {
    const doomed = CRASH_SCENARIOS.flatMap((scenario) =>
      (SAMPLED[scenario.name] ?? []).map((death) => ({ scenario, death })),
    );
    const { results, complaints } = await crash(shop, doomed, AT_ONCE);
    expect(results.filter(({ died }) => !died)).toEqual([]);
    expect(results.filter((result) => result.complaints.length > 0)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
