// Everything that runs in production, by the first argument: this is what is bundled into one file.

const PROGRAMS: Readonly<Record<string, () => Promise<unknown>>> = {
  api: () => import('./main.ts'),
  worker: () => import('./worker.ts'),
  migrate: () => import('./migrate.ts'),
  'config-check': () => import('./config-check.ts'),
  cli: () => import('./cli.ts'),
  import: () => import('./import.ts'),
  export: () => import('./export.ts'),
  'token-keys': () => import('./token-keys.ts'),
  'is-alive': () => import('./is-alive.ts'),
};

const [name = 'api'] = process.argv.splice(2, 1);
const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
if (program === undefined) {
  process.stderr.write(`usage: kastoma [${Object.keys(PROGRAMS).join(' | ')}] …\n`);
  process.exitCode = 2;
} else await program();
