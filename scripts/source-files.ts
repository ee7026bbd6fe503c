import { globSync } from 'node:fs';

/** Every TypeScript file of the workspace, relative to the current folder. */
export function sourceFiles(): string[] {
  const patterns = [
    'packages/*/{src,test}/**/*.ts',
    '{apps,examples}/*/{src,test}/**/*.ts',
    'scripts/**/*.ts',
  ];
  return globSync(patterns, { exclude: (name) => name === 'node_modules' })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
}
