import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { outputOf } from './command.ts';
import { packDomain } from './pack.ts';

const installed = resolve(import.meta.dirname, '../../packages/domain/node_modules');

/** The package as a user has it in `node_modules`, and its tarball. */
export type UnpackedDomain = { readonly tarball: string; readonly package: string };

/** Packs the domain and unpacks it into the `node_modules` of a folder, without asking a registry. */
export function unpackDomain(folder: string): UnpackedDomain {
  const tarball = packDomain(folder);
  const target = join(folder, 'node_modules/@kastoma/domain');
  mkdirSync(target, { recursive: true });
  outputOf('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], folder);
  for (const name of ['neverthrow', 'fast-check']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(installed, name)), link);
  }
  return { tarball, package: target };
}
