import { expect, inject, it, onTestFinished } from 'vitest';

import { createTestDatabase } from '@kastoma/adapters-postgres/testing';

import { newDataFolder, startApi } from './data-folders.ts';
import { leftOvers } from './processes.ts';

const PATIENCE = 60_000;

it(
  'a shop that was opened in dollars is not opened in pounds, and goes on in dollars',
  { timeout: PATIENCE },
  async () => {
    const dataFolder = await newDataFolder();
    const open = async () => {
      const api = startApi(dataFolder, { KASTOMA_ENV: 'test' });
      await api.opened();
      api.signal('SIGTERM');
      expect((await api.ended()).code).toBe(0);
    };
    await open();
    const refused = startApi(dataFolder, { KASTOMA_ENV: 'test', KASTOMA_CURRENCY: 'GBP' });
    const { code, output, errors } = await refused.ended();
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(
      /^KASTOMA_CURRENCY: this shop was opened in USD .* GBP: set it to USD, or .* KASTOMA_DATA_DIR to another folder than \S+\.\n$/,
    );
    expect(await leftOvers(dataFolder, 0)).toEqual([]);
    await open();
  },
);

it(
  'replicas that start at once in different currencies: one of them decides',
  { timeout: PATIENCE },
  async () => {
    const { url, drop } = await createTestDatabase(inject('postgresUrl'), { migrated: false });
    onTestFinished(drop);
    const dataFolder = await newDataFolder();
    const replicas = ['USD', 'EUR', 'GBP'].map((currency) =>
      startApi(dataFolder, {
        DATABASE_URL: url,
        KASTOMA_CURRENCY: currency,
        KASTOMA_ENV: 'test',
      }),
    );
    const outcomes = await Promise.allSettled(replicas.map((replica) => replica.opened()));
    const opened = replicas.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    for (const replica of replicas.filter((one) => !opened.includes(one))) {
      const { code, errors } = await replica.ended();
      expect(code).toBe(1);
      expect(errors).toMatch(/^KASTOMA_CURRENCY: .* DATABASE_URL to another database\.\n$/);
    }
    for (const replica of opened) {
      replica.signal('SIGTERM');
      expect((await replica.ended()).code).toBe(0);
    }
  },
);
