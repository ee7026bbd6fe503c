import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** What the modules that ask for their own place read there. */
const READ_BESIDE_SOURCES: Readonly<Record<string, readonly string[]>> = {
  'packages/adapters-postgres/src/core/migrations.ts': ['packages/adapters-postgres/migrations'],
  'packages/adapters-crypto/src/identity/filtered-known-passwords.ts': [
    'packages/adapters-crypto/data/known-passwords.bloom',
  ],
  'apps/api/src/seed/pictures-folder.ts': ['apps/api/seed-pictures'],
};

/** Copies what the modules read. One that reads something that nobody has named here fails the build. */
export function copyAssets(readers: ReadonlySet<string>, folder: string): void {
  for (const reader of readers) {
    const assets = READ_BESIDE_SOURCES[reader];
    if (assets === undefined)
      throw new Error(
        `${reader} asks for its own place: say in ${import.meta.filename} what it reads.`,
      );
    for (const asset of assets) cpSync(join(ROOT, asset), join(folder, asset), { recursive: true });
  }
}
