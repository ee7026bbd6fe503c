import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { ADMIN } from './test-shop.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SCRIPT = join(ROOT, 'examples/online-retail/src/main.ts');

/** The excerpt of the "Online Retail" data set; the project does not contain it. */
export const EXCERPT = join(ROOT, '../shared/data/online-retail.csv');

export type ReplayResult = {
  invoices: { read: number; without: number; split: number };
  customers: number;
  catalogue: { stock_codes: number; products: number; created: number; found: number };
  lines: {
    read: number;
    accepted: { lines: number; amount: string };
    refused: readonly { reason: string; lines: number; amount: string | null }[];
  };
  orders: {
    expected: number;
    placed: number;
    found: number;
    failed: readonly { invoice: string; code: string; message: string }[];
  };
  file: { subtotal: string };
  shop: { subtotal: string; discount: string; shipping: string; tax: string; total: string };
  difference: string;
  agrees: boolean;
};

/** Starts the example as people do, against the shop at this address. */
export function startReplay(url: string, file: string, options: readonly string[] = []) {
  return spawn(process.execPath, [SCRIPT, file, '--url', url, ...options], {
    env: {
      PATH: process.env['PATH'],
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function runReplay(url: string, file: string, options: readonly string[] = []) {
  const child = startReplay(url, file, options);
  const [stdout, stderr, exitCode] = await Promise.all([
    textOf(child, 'stdout'),
    textOf(child, 'stderr'),
    once(child, 'close').then(([code]) => code as number | null),
  ]);
  return { exitCode, stdout, stderr };
}

/** Runs it to its end and reads what it says as JSON. */
export async function replayToResult(url: string, file: string, options: readonly string[] = []) {
  const run = await runReplay(url, file, ['--json', ...options]);
  if (run.stdout === '') throw new Error(`The replay ended with ${run.exitCode}: ${run.stderr}`);
  return { ...run, result: JSON.parse(run.stdout) as ReplayResult };
}

async function textOf(child: ChildProcess, name: 'stdout' | 'stderr'): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of child[name] ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
