import { readFileSync, writeFileSync } from 'node:fs';

import { documentBreaks } from './contract/document-breaks.ts';
import type { Document } from './contract/document.ts';

// Holds the API against the document of the last release: what would break a client of that one is told, and fails.
// With --release the present document becomes the released one: a release does it, and nobody else.

const CURRENT = 'docs/openapi.json';
const RELEASED = 'docs/openapi.released.json';
const SHOWN = 50;

const current = read(CURRENT);
if (process.argv.includes('--release')) {
  writeFileSync(RELEASED, `${JSON.stringify(current)}\n`);
  console.log(`${RELEASED} is what clients may rely on now.`);
} else {
  const today = new Date().toISOString().slice(0, 10);
  const breaks = documentBreaks({ released: read(RELEASED), current, today });
  for (const fault of breaks.slice(0, SHOWN)) console.error(fault);
  if (breaks.length > SHOWN) console.error(`and ${breaks.length - SHOWN} more.`);
  console.log(`${breaks.length} changes would break a client of the released API.`);
  if (breaks.length > 0) process.exitCode = 1;
}

function read(file: string): Document {
  return JSON.parse(readFileSync(file, 'utf8')) as Document;
}
