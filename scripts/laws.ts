import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

import { allocate } from '@kastoma/domain/core';
import { price, priceCountingSteps, type PricingInput } from '@kastoma/domain/pricing';
import {
  BrokenLaw,
  laws,
  pricerOf,
  refunderOf,
  type LawOptions,
  type LawReport,
} from '@kastoma/domain/testing';

// The laws of pricing on our own engine, as often as somebody has time for:
//   node scripts/laws.ts --runs 1000000 [--seed 42] [--law conservation] [--jobs 2]
// Progress goes to stderr, a summary as JSON to stdout; a broken law ends it with 1.

const CHUNK = 10_000;

type Run = (options: LawOptions) => LawReport;
type Outcome =
  | { readonly law: string; readonly status: 'kept'; readonly runs: number; readonly seed: number }
  | {
      readonly law: string;
      readonly status: 'broken';
      readonly runs: number;
      readonly seed: number;
      readonly path: string;
      readonly failure: string;
    };

const { refunds, scale, sharing, couponUse: _isOfTheShop, ...ofPricer } = laws;
const pricer = pricerOf(price);
const runs: ReadonlyMap<string, Run> = new Map<string, Run>([
  ...Object.entries(ofPricer).map(([name, law]): [string, Run] => [
    name,
    (options) => law(pricer, options),
  ]),
  [
    'sharing',
    (options) => sharing((whole, weights) => allocate(whole, weights).unwrapOr([]), options),
  ],
  ['refunds', (options) => refunds(refunderOf(price), options)],
  ['refundsBelowZero', (options) => refunds(refunderOf(price, -1n), options)],
  ['scale', (options) => scale(countSteps, options)],
]);

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '42' },
    law: { type: 'string' },
    jobs: { type: 'string', default: `${availableParallelism()}` },
  },
});
const [wantedRuns, seed, jobs] = [values.runs, values.seed, values.jobs].map(Number);

if (![wantedRuns, seed, jobs].every(Number.isSafeInteger)) {
  console.error('--runs, --seed and --jobs are whole numbers.');
  process.exitCode = 2;
} else if (values.law === undefined) {
  conclude(await everyLaw());
} else {
  const run = runs.get(values.law);
  if (run === undefined) {
    console.error(`There is no law ${values.law}. There are: ${[...runs.keys()].join(', ')}.`);
    process.exitCode = 2;
  } else conclude([oneLaw(values.law, run)]);
}

function countSteps(cart: PricingInput): number | null {
  return priceCountingSteps(cart).match(
    ({ steps }) => steps,
    () => null,
  );
}

/** In chunks, so that somebody who waits sees it go on; each has a seed of its own. */
function oneLaw(law: string, run: Run): Outcome {
  const total = wantedRuns ?? 0;
  for (let done = 0; done < total; done += CHUNK) {
    const ofChunk = (seed ?? 0) + done / CHUNK;
    try {
      run({ runs: Math.min(CHUNK, total - done), seed: ofChunk });
    } catch (error) {
      if (!(error instanceof BrokenLaw)) throw error;
      const { path, message } = error;
      return { law, status: 'broken', runs: done, seed: ofChunk, path, failure: message };
    }
    console.error(`${law}: ${Math.min(done + CHUNK, total)} of ${total}`);
  }
  return { law, status: 'kept', runs: total, seed: seed ?? 0 };
}

/** Each law in a process of its own, so many at a time. */
async function everyLaw(): Promise<readonly Outcome[]> {
  const waiting = [...runs.keys()];
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let law = waiting.shift(); law !== undefined; law = waiting.shift())
      outcomes.push(...(await inAnotherProcess(law)));
  };
  await Promise.all(Array.from({ length: jobs ?? 1 }, lane));
  return outcomes;
}

function inAnotherProcess(law: string): Promise<readonly Outcome[]> {
  const options = ['--law', law, '--runs', values.runs, '--seed', values.seed];
  const child = spawn(process.execPath, [import.meta.filename, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => {
      if (output === '') reject(new Error(`The process of ${law} ended without an answer.`));
      else resolve((JSON.parse(output) as { laws: readonly Outcome[] }).laws);
    });
  });
}

function conclude(outcomes: readonly Outcome[]): void {
  const isKept = outcomes.every(({ status }) => status === 'kept');
  console.log(JSON.stringify({ isKept, runs: wantedRuns, seed, laws: outcomes }, null, 2));
  if (!isKept) process.exitCode = 1;
}
