import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { committedText } from './committed-file.ts';

// A migration that has been merged has run somewhere: it is never edited, renamed or removed.
// The manifest has the hash of each (`sha256sum -c` reads it too); `--check` compares, and without
// it new files get their line.

const folder = 'packages/adapters-postgres/migrations';
const manifest = join(folder, 'manifest.sha256');

type Hashes = ReadonlyMap<string, string>;

const files = hashesOfFiles();
const listed = parse(existsSync(manifest) ? readFileSync(manifest, 'utf8') : '');
const merged = parse(committedText(manifest) ?? '');

const added = [...files.keys()].filter((name) => !listed.has(name));
const faults = [...againstFiles(), ...againstHistory()];

if (process.argv.includes('--check')) {
  faults.push(...added.map((name) => `${name} has no line in the manifest: pnpm migrations:seal`));
  if (files.size === 0) faults.push(`There are no migrations in ${folder}.`);
} else if (faults.length === 0) {
  writeFileSync(manifest, print(files));
  console.log(`${added.length} added to ${manifest}.`);
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${files.size} migrations, none changed.`);

function againstFiles(): string[] {
  return [...listed].flatMap(([name, hash]) => {
    const actual = files.get(name);
    if (actual === undefined) return [`${name} is in the manifest and not in the folder.`];
    return actual === hash
      ? []
      : [
          `${name} has changed. Write a new one; if it was never merged, remove its line and seal again.`,
        ];
  });
}

function againstHistory(): string[] {
  return [...merged].flatMap(([name, hash]) =>
    listed.get(name) === hash
      ? []
      : [`The manifest's line of ${name} differs from the last commit's.`],
  );
}

function hashesOfFiles(): Hashes {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return new Map(
    names.toSorted().map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
}

function print(hashes: Hashes): string {
  return [...hashes].map(([name, hash]) => `${hash}  ${name}\n`).join('');
}

function parse(text: string): Hashes {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [hash, name] = line.split('  ');
      if (!hash || !name) throw new Error(`Not a line of a manifest: ${line}`);
      return [name, hash];
    }),
  );
}
