import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can be imported from the packed domain of a folder: `@kastoma/domain/core`, … */
export function entriesOf(folder: string): string[] {
  const file = join(folder, 'node_modules/@kastoma/domain/package.json');
  const { exports } = JSON.parse(readFileSync(file, 'utf8')) as { exports: object };
  return Object.keys(exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => subpath.replace('.', '@kastoma/domain'));
}
