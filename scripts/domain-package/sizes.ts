import { gzipSync } from 'node:zlib';

import { bundle } from './bundle.ts';
import { entriesOf } from './entries.ts';

/** What somebody downloads, in bytes, minified; neverthrow and fast-check apart. */
export type Size = {
  readonly what: string;
  readonly minified: number;
  readonly gzipped: number;
};

const SINGLES = [
  { name: 'Money', from: 'core' },
  { name: 'price', from: 'pricing' },
];

/** Sizes of what a folder with the packed domain can import: each entry, and single names. */
export function measureSizes(folder: string): Size[] {
  const entries = entriesOf(folder).map((entry) =>
    measure(`\`${entry}\``, `export * from '${entry}';`, folder),
  );
  const singles = SINGLES.map(({ name, from }) =>
    measure(`\`${name}\` alone`, `export { ${name} } from '@kastoma/domain/${from}';`, folder),
  );
  return [...entries, ...singles, measureAll(folder)];
}

function measureAll(folder: string): Size {
  const entries = entriesOf(folder).filter((entry) => !entry.endsWith('/testing'));
  const code = entries.map((entry, index) => `export * as _${index} from '${entry}';`);
  return measure('all of them but `testing`', code.join('\n'), folder);
}

function measure(what: string, code: string, folder: string): Size {
  const text = bundle(code, folder, { external: ['neverthrow', 'fast-check'] });
  return { what, minified: Buffer.byteLength(text), gzipped: gzipSync(text).byteLength };
}
