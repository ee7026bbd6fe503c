import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';

import type { Plugin } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');
const OWN_SOURCE = /[\\/](?:packages|apps)[\\/][^\\/]+[\\/]src[\\/].+\.ts$/;
const OWN_PLACE = /\bimport\.meta\.(dirname|url)\b/g;

/** Goes before the bundled modules, some of which are CommonJS and ask for `require`. */
export const BANNER = `import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __pathOf } from 'node:url';
const require = __createRequire(import.meta.url);
const __bundle = import.meta.url;`;

/**
 * Has each module of ours find its files as it does beside its source: in the bundle its place is that of
 * the bundle followed by its place in the tree. Those that asked are added to `readers`.
 */
export function sourcePlaces(readers: Set<string>): Plugin {
  return {
    name: 'source places',
    setup(build) {
      build.onLoad({ filter: OWN_SOURCE }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const place = relative(ROOT, path).replaceAll('\\', '/');
        const contents = text.replaceAll(OWN_PLACE, (_found, property: string) => {
          readers.add(place);
          return property === 'url'
            ? `new URL(${JSON.stringify(`./${place}`)}, __bundle).href`
            : `__pathOf(new URL(${JSON.stringify(`./${dirname(place)}`)}, __bundle))`;
        });
        return { contents, loader: 'ts' };
      });
    },
  };
}
