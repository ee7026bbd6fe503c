import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';

import {
  EmbeddedPostgresUnavailable,
  errorCode,
  SET_DATABASE_URL,
} from './embedded-postgres.errors.ts';
import type { NativeBuild } from './native-build.ts';
import { serverEnvironment, type ServerAccount } from './server-account.ts';

// Only root writes below /var/cache, so a predictable name there is safe, as it is not in /tmp.
const CACHE_FOLDER = '/var/cache/kastoma';

/**
 * The build as `account` can execute it: where it is installed, or, when that is
 * below a folder closed to others (such as /root), a copy made once for all.
 */
export async function reachableBuild(
  build: NativeBuild,
  account: ServerAccount | undefined,
  log: (line: string) => void = () => undefined,
): Promise<NativeBuild> {
  if (account === undefined || isExecutable(build, account)) return build;
  const copy = { ...build, folder: await copyBuild(build, log) };
  if (isExecutable(copy, account)) return copy;
  throw new EmbeddedPostgresUnavailable(
    `User ${account.uid} can execute PostgreSQL neither in ${build.folder} nor in ${copy.folder}.`,
    `run as an ordinary user, or ${SET_DATABASE_URL}`,
  );
}

function isExecutable(build: NativeBuild, account: ServerAccount): boolean {
  // Asked by trying: mode bits alone know nothing of noexec mounts and access lists.
  const trial = spawnSync(join(build.folder, 'bin', 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: 'ignore',
  });
  if (errorCode(trial.error) === 'EPERM') {
    throw new EmbeddedPostgresUnavailable(
      `PostgreSQL refuses to run as root, and this root may not become user ${account.uid}.`,
      `run as an ordinary user, or ${SET_DATABASE_URL}`,
    );
  }
  return trial.status === 0;
}

async function copyBuild(build: NativeBuild, log: (line: string) => void): Promise<string> {
  const name = `${build.packageName.replaceAll(/[@/]+/g, '-').slice(1)}-${build.version}`;
  const target = join(CACHE_FOLDER, name);
  try {
    await mkdir(CACHE_FOLDER, { recursive: true });
    await requirePrivateFolder(CACHE_FOLDER);
    await chmod(CACHE_FOLDER, 0o755);
    if (await exists(target)) return target;
    log(`Copying PostgreSQL to ${target}, where user nobody can execute it.`);
    await copyInto(target, build.folder);
    return target;
  } catch (error) {
    if (error instanceof EmbeddedPostgresUnavailable || errorCode(error) === undefined) throw error;
    throw new EmbeddedPostgresUnavailable(
      `PostgreSQL in ${build.folder} is closed to all but root and could not be copied to ${target} (${(error as Error).message}).`,
      `move the project out of the closed folder, run as an ordinary user, or ${SET_DATABASE_URL}`,
      { cause: error },
    );
  }
}

async function requirePrivateFolder(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return;
  throw new EmbeddedPostgresUnavailable(
    `${path} is not a folder that only root can write to.`,
    `remove it, or ${SET_DATABASE_URL}`,
  );
}

async function copyInto(target: string, source: string): Promise<void> {
  const draft = await mkdtemp(`${target}.draft-`);
  try {
    await cp(source, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => extname(path) !== '.a',
    });
    await openToAll(draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another start was faster: its copy is as good.
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  }
}

/** Lets everyone read and execute, whatever the umask of the installation was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile())
      await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
