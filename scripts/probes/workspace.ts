import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const copied = [
  '.gitignore',
  '.dependency-cruiser.mjs',
  '.oxfmtrc.json',
  '.oxlintrc.json',
  'knip.json',
  'tsconfig.json',
  'packages/domain/tsconfig.json',
];

/** Files by their path in the workspace. */
export type Files = Readonly<Record<string, string>>;

export type Package = {
  readonly folder: string;
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly devDependencies?: readonly string[];
};

/** A small workspace of this one's shape, under this one's configuration. */
export function createWorkspace(packages: readonly Package[], files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kastoma-probes-')));
  for (const path of copied) cpSync(join(root, path), join(folder, path));
  writeFiles(folder, files);
  const workspaces = ['packages/*', 'apps/*', 'examples/*'];
  writeFiles(folder, {
    'package.json': JSON.stringify({ name: 'probes', private: true, type: 'module', workspaces }),
  });
  linkRootModules(folder);
  for (const it of packages) install(folder, it, packages);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function manifest(it: Package): string {
  const versions = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, '*']));
  return JSON.stringify({
    name: it.name,
    private: true,
    type: 'module',
    exports: it.exports,
    dependencies: versions(it.dependencies),
    devDependencies: versions(it.devDependencies ?? []),
  });
}

function install(folder: string, it: Package, packages: readonly Package[]): void {
  writeFiles(folder, { [`${it.folder}/package.json`]: manifest(it) });
  for (const name of [...it.dependencies, ...(it.devDependencies ?? [])]) {
    const sibling = packages.find((other) => other.name === name);
    const target = sibling ? join(folder, sibling.folder) : installedFolder(name);
    link(target, join(folder, it.folder, 'node_modules', name));
  }
}

function linkRootModules(folder: string): void {
  const modules = join(root, 'node_modules');
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.') || name === '@kastoma') continue;
    link(join(modules, name), join(folder, 'node_modules', name));
  }
}

// Whichever package of the workspace has it: all agree on one version.
function installedFolder(name: string): string {
  const homes = ['.', ...childrenOf('packages'), ...childrenOf('apps')];
  const found = homes
    .map((home) => join(root, home, 'node_modules', name))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed anywhere in the workspace.`);
  return realpathSync(found);
}

function childrenOf(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => join(folder, name));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
