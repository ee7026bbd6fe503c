import { expect, it } from 'vitest';

import { RolledBack, rollOut, type Fleet } from './roll-out.ts';

/** Two replicas of the old version, and what was done to them. */
function fleet(broken: {
  readonly start?: string;
  readonly smoke?: string;
  readonly migrate?: boolean;
}) {
  const runs: Record<string, string> = { one: 'old', two: 'old' };
  const done: string[] = [];
  const machines: Fleet = {
    replicas: ['one', 'two'],
    migrate: async (version) => {
      done.push(`migrate ${version}`);
      if (broken.migrate === true) throw new Error('a lock');
    },
    replace: async (replica, version) => {
      done.push(`${replica} ${version}`);
      runs[replica] = version;
      if (replica === broken.start && version === 'new') throw new Error('not ready');
    },
    smoke: async () => {
      done.push('smoke');
      if (Object.values(runs).includes(broken.smoke ?? '')) throw new Error('500');
    },
  };
  const tell = () => undefined;
  return { runs, done, going: () => rollOut(machines, { from: 'old', to: 'new', tell }) };
}

it('a version that works replaces the one before, one replica after the other', async () => {
  const { runs, done, going } = fleet({});
  await going();
  expect(runs).toEqual({ one: 'new', two: 'new' });
  expect(done).toEqual(['migrate new', 'one new', 'two new', 'smoke']);
});

it('a version that fails its smoke test is taken back everywhere', async () => {
  const { runs, done, going } = fleet({ smoke: 'new' });
  await expect(going()).rejects.toBeInstanceOf(RolledBack);
  expect(runs).toEqual({ one: 'old', two: 'old' });
  expect(done.slice(-3)).toEqual(['two old', 'one old', 'smoke']);
});

it('a version that does not start is taken back from where it was tried', async () => {
  const { runs, done, going } = fleet({ start: 'one' });
  await expect(going()).rejects.toBeInstanceOf(RolledBack);
  expect(runs).toEqual({ one: 'old', two: 'old' });
  expect(done).toEqual(['migrate new', 'one new', 'one old', 'smoke']);
});

it('a database that cannot be migrated leaves every replica as it is', async () => {
  const { done, going } = fleet({ migrate: true });
  await expect(going()).rejects.toThrow('a lock');
  expect(done).toEqual(['migrate new']);
});

it('a shop that is broken after all was taken back is no roll-back', async () => {
  const { going } = fleet({ start: 'two', smoke: 'old' });
  await expect(going()).rejects.not.toBeInstanceOf(RolledBack);
});
