import { Agent, get } from 'node:http';

import type { BenchedApi } from './benched-shops.ts';

export type Measured = {
  /** Of each request in milliseconds, the fastest first. */
  readonly latencies: readonly number[];
  /** All that were sent to the database meanwhile. */
  readonly statements: number;
  readonly apiSeconds: number;
  readonly databaseSeconds: number;
};

type Load = { readonly clients: number; readonly seconds: number };

/** So many clients, each asking again as soon as it was answered, for so long. */
export async function measure(
  api: BenchedApi,
  paths: readonly string[],
  { clients, seconds }: Load,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  const before = await api.spent();
  const until = performance.now() + seconds * 1_000;
  let next = 0;
  const ask = async () => {
    while (performance.now() < until) {
      const path = paths[next % paths.length] ?? '/';
      next += 1;
      const asked = performance.now();
      const status = await statusOf(`${api.url}/api/v1${path}`, agent);
      latencies.push(performance.now() - asked);
      if (status !== 200) throw new Error(`${path} was answered with ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  const after = await api.spent();
  agent.destroy();
  return {
    latencies: latencies.toSorted((a, b) => a - b),
    statements: after.statements - before.statements,
    apiSeconds: after.apiSeconds - before.apiSeconds,
    databaseSeconds: after.databaseSeconds - before.databaseSeconds,
  };
}

/** Asks for each of them once, so that it is remembered. */
export async function warmUp({ url }: BenchedApi, paths: readonly string[]): Promise<void> {
  const agent = new Agent();
  await Promise.all(paths.map((path) => statusOf(`${url}/api/v1${path}`, agent)));
  agent.destroy();
}

function statusOf(url: string, agent: Agent): Promise<number> {
  return new Promise((answered, failed) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => {
        answered(response.statusCode ?? 0);
      });
      response.on('error', failed);
    }).on('error', failed);
  });
}
