import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { reachableBuild } from './native-build.copy.ts';
import { findNativeBuild } from './native-build.ts';

const nobody = { uid: 65534, gid: 65534 };

it('an ordinary user runs PostgreSQL where it is installed', async () => {
  const installed = findNativeBuild();
  expect(await reachableBuild(installed, undefined)).toBe(installed);
});

it.runIf(process.getuid?.() === 0)(
  'root makes one copy of a PostgreSQL that is installed where only root can enter (needs root)',
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'kastoma-closed-'));
    onTestFinished(() => rmSync(closed, { recursive: true }));
    const folder = join(closed, 'native');
    cpSync(findNativeBuild().folder, folder, { recursive: true, verbatimSymlinks: true });
    chmodSync(join(folder, 'bin', 'postgres'), 0o700);
    const build = { folder, packageName: '@test/closed', version: `${process.pid}` };

    const [copy, sameCopy] = await Promise.all([
      reachableBuild(build, nobody),
      reachableBuild(build, nobody),
    ]);
    onTestFinished(() => {
      rmSync(copy.folder, { recursive: true });
      const cache = dirname(copy.folder);
      if (readdirSync(cache).length === 0) rmdirSync(cache);
    });
    expect(sameCopy).toEqual(copy);
    expect([statSync(copy.folder).uid, statSync(copy.folder).mode & 0o777]).toEqual([0, 0o755]);
    const version = spawnSync(join(copy.folder, 'bin', 'initdb'), ['--version'], {
      ...nobody,
      encoding: 'utf8',
    });
    expect(version.stdout).toContain('PostgreSQL');
    const begun = performance.now();
    expect(await reachableBuild(build, nobody)).toEqual(copy);
    expect(performance.now() - begun).toBeLessThan(1000);
  },
);
