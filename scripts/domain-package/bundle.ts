import { buildSync } from 'esbuild';

type Bundling = {
  /** Left out: everything is in the bundle. */
  readonly external?: readonly string[];
  readonly format?: 'esm' | 'iife';
};

/** Bundles and minifies a module that stands in a folder with the packed domain, for no platform at all. */
export function bundle(
  code: string,
  folder: string,
  { external = [], format = 'esm' }: Bundling = {},
): string {
  const { outputFiles } = buildSync({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    platform: 'neutral',
    target: 'es2024',
    // For neverthrow, which names its module in no other way.
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: [...external],
    format,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
