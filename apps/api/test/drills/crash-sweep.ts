import { setTimeout as pause } from 'node:timers/promises';

import type { Attempt, CrashScenario } from './crash-scenarios.ts';
import type { Counts, Death } from './death.ts';
import type { DrilledShop } from './drilled-shop.ts';
import { DyingProcess } from './dying-process.ts';

const ANSWERED_WITHIN_MILLISECONDS = 60_000;
const ASK_AGAIN_MILLISECONDS = 50;

/** One death, and what came after it. */
export type CrashResult = {
  readonly scenario: string;
  readonly death: Death;
  /** The statuses of those who asked again, the last one first; 0 where nobody answered. */
  readonly status: number;
  /** Not where the request was answered before: what it does may vary by a statement. */
  readonly died: boolean;
  /** How often the request was sent after the death. */
  readonly retries: number;
  readonly complaints: readonly string[];
};

/** What a scenario does outside of a new process when nobody dies of it: as many places to die at. */
export async function countSteps(shop: DrilledShop, scenario: CrashScenario): Promise<Counts> {
  const [url = ''] = await shop.urls();
  const living = new DyingProcess(shop.variables);
  try {
    const to = await living.opened;
    const attempt = await scenario.prepare(shop, url);
    await living.await(null);
    const status = await attempt.send(to);
    if (status >= 300) throw new Error(`${scenario.name} was answered with ${status}.`);
    return await living.await(null);
  } finally {
    await living.remove();
  }
}

/** Every place in a scenario where a process can die. */
export function deathsIn(counts: Counts): readonly Death[] {
  return (['statement', 'call'] as const).flatMap((of) =>
    (['before', 'after'] as const).flatMap((when) =>
      Array.from({ length: counts[of][when] }, (_, index): Death => ({ of, when, at: index + 1 })),
    ),
  );
}

export type Doomed = { readonly scenario: CrashScenario; readonly death: Death };

/**
 * Has a process die each of these deaths. Then every other process is killed as well, the API is started anew, and
 * those who got no answer ask again under the same key; when nothing is left to be done, all books have to add up.
 */
export async function crash(
  shop: DrilledShop,
  doomed: readonly Doomed[],
  atOnce: number,
): Promise<{ readonly results: readonly CrashResult[]; readonly complaints: readonly string[] }> {
  const [url = ''] = await shop.urls();
  const attempts: (Doomed & { readonly attempt: Attempt; readonly died: boolean })[] = [];
  const waiting = [...doomed];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const attempt = await next.scenario.prepare(shop, url);
      attempts.push({ ...next, attempt, died: await dieOf(shop, attempt, next.death) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  await shop.killAll();
  const reopened = await shop.start();
  const answers = await Promise.all(
    attempts.map(({ attempt }) => untilAnswered(shop, attempt, reopened)),
  );
  const unfinished = await shop.settle();
  const results = await Promise.all(
    attempts.map(async ({ scenario, death, attempt, died }, index): Promise<CrashResult> => {
      const { status = 0, retries = 0 } = answers[index] ?? {};
      const complaints = [
        ...(status >= 200 && status < 300 ? [] : [`was answered with ${status}`]),
        ...(await attempt.complaints()),
      ];
      return { scenario: scenario.name, death, died, status, retries, complaints };
    }),
  );
  return {
    results,
    complaints: [
      ...unfinished.map((what) => `left to be done: ${what}`),
      ...(await shop.complaints()),
    ],
  };
}

async function dieOf(shop: DrilledShop, attempt: Attempt, death: Death): Promise<boolean> {
  const dying = new DyingProcess(shop.variables);
  try {
    const url = await dying.opened;
    await dying.await(death);
    const answered = await attempt.send(url).then(
      () => true,
      () => false,
    );
    // Some of what a request does is done after its answer.
    if (answered) return false;
    await dying.ended();
    return dying.isDead;
  } finally {
    await dying.remove();
  }
}

/** As a client does who got no answer. What was under way when its process died is free again when its lease ends. */
async function untilAnswered(shop: DrilledShop, attempt: Attempt, url: string) {
  const deadline = Date.now() + ANSWERED_WITHIN_MILLISECONDS;
  for (let retries = 1; ; retries += 1) {
    const status = await attempt.send(url);
    const isFinal = status !== 409 && status < 500;
    if (isFinal || Date.now() > deadline) return { status, retries };
    await shop.letTimePass();
    await pause(ASK_AGAIN_MILLISECONDS);
  }
}
