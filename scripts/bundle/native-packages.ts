import { cpSync, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** Builds for a browser, sources and types: nothing that runs here. */
const LEFT_OUT = /(?:\.d\.[cm]?ts|\.map|\.md|\.h|\.hpp|\.cc|\.cpp)$/;

/**
 * Copies packages that hold machine code, with all that they need, as they are installed for this platform.
 * Returns `name@version` of each.
 */
export function copyNativePackages(
  wanted: readonly { readonly name: string; readonly from: string }[],
  folder: string,
): readonly string[] {
  const copied = new Map<string, string>();
  const copy = (name: string, from: string, isOptional: boolean): void => {
    if (copied.has(name)) return;
    const source = placeOf(name, from);
    if (source === null) {
      if (isOptional) return;
      throw new Error(`${name} is not installed for ${from}.`);
    }
    const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
    copied.set(name, `${name}@${manifest.version}`);
    cpSync(source, join(folder, 'node_modules', name), {
      recursive: true,
      filter: (path) => !path.slice(source.length).includes('node_modules') && isKept(path),
    });
    for (const each of Object.keys(manifest.dependencies ?? {})) copy(each, source, false);
    for (const each of Object.keys(manifest.optionalDependencies ?? {})) copy(each, source, true);
  };
  for (const { name, from } of wanted) copy(name, from, false);
  return [...copied.values()].toSorted();
}

/** Where Node would find it from there. */
function placeOf(name: string, from: string): string | null {
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return null;
  }
}

function isKept(path: string): boolean {
  return statSync(path).isDirectory() || !LEFT_OUT.test(path);
}

/** The bytes of all files below. */
export function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
