import { expect, test } from 'vitest';

import { SystemPause } from './system-pause.ts';

test('a pause is as long as it was asked for, to the tick of a timer', async () => {
  const started = performance.now();
  await new SystemPause().for(30);
  expect(performance.now() - started).toBeGreaterThan(28);
});
