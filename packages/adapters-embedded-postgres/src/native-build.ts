import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import {
  EmbeddedPostgresUnavailable,
  errorCode,
  SET_DATABASE_URL,
} from './embedded-postgres.errors.ts';

/** A PostgreSQL built for this platform: `folder` holds bin, lib and share. */
export interface NativeBuild {
  readonly folder: string;
  readonly packageName: string;
  readonly version: string;
}

const LOADERS: Readonly<Record<string, string | undefined>> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
  'darwin-arm64': '/usr/lib/dyld',
};

/** Finds the PostgreSQL that was installed for this platform. */
export function findNativeBuild(): NativeBuild {
  const platform = `${process.platform}-${process.arch}`;
  const loader = LOADERS[platform];
  // The Linux builds are linked against glibc: its loader is missing on musl (Alpine).
  if (loader === undefined || !existsSync(loader)) {
    throw new EmbeddedPostgresUnavailable(
      `There is no embedded PostgreSQL for this platform (${platform}${loader === undefined ? '' : ` without ${loader}`}).`,
      SET_DATABASE_URL,
    );
  }
  const packageName = `@embedded-postgres/${platform}`;
  const root = packageFolder(packageName);
  requireBuildScript(packageName, root);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { folder: join(root, 'native'), packageName, version: manifest.version };
}

/** Whether this platform has an embedded PostgreSQL and it is completely installed. */
export function embeddedPostgresIsAvailable(): boolean {
  try {
    findNativeBuild();
    return true;
  } catch (error) {
    if (error instanceof EmbeddedPostgresUnavailable) return false;
    throw error;
  }
}

function packageFolder(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new EmbeddedPostgresUnavailable(
      `The package ${packageName} is not installed.`,
      `install without leaving out optional dependencies, or ${SET_DATABASE_URL}`,
      { cause: error },
    );
  }
}

/** The package's build script makes the links between its shared libraries. */
function requireBuildScript(packageName: string, root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { target: string }[])
    : [];
  if (links.every(({ target }) => existsSync(join(root, target)))) return;
  throw new EmbeddedPostgresUnavailable(
    `The build script of ${packageName} has not run, so its libraries are incomplete.`,
    `allow the script and install again, or ${SET_DATABASE_URL}`,
  );
}
