import { setTimeout as pause } from 'node:timers/promises';

import type { DrilledShop } from './drilled-shop.ts';
import type { OwnRedis } from './own-redis.ts';
import { RACE_SCENES, type Crowd, type SceneOutcome } from './race-scenes.ts';

const SIGNED_UP_AT_ONCE = 8;
const REDIS_IS_GONE_MILLISECONDS = 150;

export type PlayedScene = SceneOutcome & { readonly name: string; readonly seconds: number };

/** So many who shop at two processes at once. */
export async function gather(shop: DrilledShop, count: number): Promise<Crowd> {
  await shop.start();
  const urls = await shop.urls();
  const shoppers: Crowd['shoppers'][number][] = [];
  const lane = async (turn: number): Promise<void> => {
    while (shoppers.length < count)
      shoppers.push(await shop.signUp(urls[turn % urls.length] ?? ''));
  };
  await Promise.all(Array.from({ length: SIGNED_UP_AT_ONCE }, (_, turn) => lane(turn)));
  return { shop, urls, shoppers: shoppers.slice(0, count) };
}

/**
 * Plays every scene, one after the other; Redis, where there is one, is killed and started again in the middle of
 * each second one. After each, nothing is left to be done and all books add up.
 */
export async function race(
  crowd: Crowd,
  redis: OwnRedis | null,
  onPlayed: (played: PlayedScene) => void,
): Promise<readonly PlayedScene[]> {
  const played: PlayedScene[] = [];
  for (const [index, { name, play }] of RACE_SCENES.entries()) {
    const began = performance.now();
    const [{ counted, complaints }] = await Promise.all([
      play(crowd),
      index % 2 === 0 ? restart(redis) : null,
    ]);
    const left = await crowd.shop.settle();
    const scene = {
      name,
      seconds: Math.round((performance.now() - began) / 100) / 10,
      counted,
      complaints: [
        ...complaints,
        ...left.map((what) => `left to be done: ${what}`),
        ...(await crowd.shop.complaints()),
      ],
    };
    played.push(scene);
    onPlayed(scene);
  }
  return played;
}

async function restart(redis: OwnRedis | null): Promise<void> {
  await pause(REDIS_IS_GONE_MILLISECONDS);
  await redis?.kill();
  await pause(REDIS_IS_GONE_MILLISECONDS);
  await redis?.start();
}
