import { expect, test } from 'vitest';

import { SystemPause } from './system-pause.ts';

test('a pause is as long as it was asked for, to the tick of a timer', async () => {
  const started = performance.now();
  await new SystemPause().for(30);
  expect(performance.now() - started).toBeGreaterThan(28);
});

test('a pause that is not wanted any more is over at once', async () => {
  const unwanted = new AbortController();
  const paused = new SystemPause().for(60_000, unwanted.signal);
  unwanted.abort();
  await paused;
  await new SystemPause().for(60_000, unwanted.signal);
  expect(unwanted.signal.aborted).toBe(true);
});
