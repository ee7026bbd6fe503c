import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { RolledBack, rollOut, type Fleet } from './deploy/roll-out.ts';

// Rolls a version out on real machines: `node scripts/deploy.ts deploy/systemd.json --to 1.4.0`. The file says by which
// commands; the order, the smoke test and the way back are those of the rehearsal.

type Commands = {
  /** Prints the version that serves. */
  readonly current: string;
  /** Each may say `{version}`. */
  readonly migrate: string;
  readonly replicas: Readonly<Record<string, string>>;
  readonly smoke: string;
};

const USAGE = 'usage: deploy.ts COMMANDS.json --to VERSION';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined || !/^[\w.-]+$/.test(values.to ?? '')) {
  console.error(USAGE);
  process.exitCode = 2;
} else await deploy(JSON.parse(readFileSync(file, 'utf8')) as Commands, values.to ?? '');

async function deploy(commands: Commands, to: string): Promise<void> {
  const from = shell(commands.current, 'pipe').trim();
  if (!/^[\w.-]+$/.test(from)) throw new Error(`What serves now is no version: ${from}`);
  const fleet: Fleet = {
    replicas: Object.keys(commands.replicas),
    migrate: async (version) => {
      shell(commands.migrate.replaceAll('{version}', version));
    },
    replace: async (replica, version) => {
      shell((commands.replicas[replica] ?? '').replaceAll('{version}', version));
    },
    smoke: async () => {
      shell(commands.smoke);
    },
  };
  try {
    await rollOut(fleet, { from, to, tell: (line) => console.log(line) });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function shell(command: string, output: 'inherit' | 'pipe' = 'inherit'): string {
  const { status, stdout } = spawnSync(command, {
    shell: true,
    stdio: ['ignore', output, 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`ended with ${status}: ${command}`);
  return stdout ?? '';
}
