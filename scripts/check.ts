import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

// Everything a machine can judge, in one command. Steps that only read run two at a time.

type Step = { readonly name: string; readonly command: string };
type Outcome = { readonly step: Step; readonly ok: boolean };

const reading: readonly Step[] = [
  { name: 'format', command: 'oxfmt --check' },
  { name: 'lint', command: 'oxlint' },
  { name: 'types', command: 'tsc -p tsconfig.json' },
  { name: 'types of the domain, without Node', command: 'tsc -p packages/domain/tsconfig.json' },
  { name: 'import rules', command: 'node scripts/import-rules.ts' },
  { name: 'code rules', command: 'node scripts/code-rules.ts' },
  { name: 'unused code', command: 'knip' },
  { name: 'rule probes', command: 'node scripts/probes.ts' },
  { name: 'migrations unchanged', command: 'node scripts/migrations-manifest.ts --check' },
  { name: 'migrations without downtime', command: 'node scripts/migration-rules.ts' },
  { name: 'deployment files', command: 'node scripts/deploy-files.ts' },
  { name: 'clients of the released API', command: 'node scripts/contract.ts' },
  { name: 'OpenAPI document up to date', command: 'node scripts/openapi.ts --check' },
];

const testing: readonly Step[] = [
  { name: 'tests', command: 'vitest run --coverage' },
  { name: 'coverage ratchet', command: 'node scripts/coverage-ratchet.ts' },
];

const width = Math.max(...[...reading, ...testing].map((step) => step.name.length));

const outcomes = await twoAtATime(reading);
for (const step of testing) outcomes.push(await run(step, 'shown'));
conclude(outcomes);

async function twoAtATime(steps: readonly Step[]): Promise<Outcome[]> {
  const waiting = [...steps];
  const done: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      done.push(await run(step, 'kept'));
    }
  };
  await Promise.all([lane(), lane()]);
  return done;
}

async function run(step: Step, output: 'kept' | 'shown'): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(step.command, {
    shell: true,
    stdio: output === 'shown' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
    },
  });
  const printed: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
  const ok = await new Promise<boolean>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => done(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(width)}  ${seconds.padStart(5)} s`);
  if (!ok) process.stdout.write(Buffer.concat(printed));
  return { step, ok };
}

function conclude(all: readonly Outcome[]): void {
  const failed = all.filter((outcome) => !outcome.ok);
  const total = (performance.now() / 1000).toFixed(1);
  if (failed.length === 0) {
    console.log(`\n${all.length} steps passed in ${total} s.`);
    return;
  }
  console.error(`\n${failed.length} of ${all.length} steps FAILED after ${total} s:`);
  for (const { step } of failed) console.error(`  ${step.name}: ${step.command}`);
  process.exitCode = 1;
}
