import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { inLanes } from './in-lanes.ts';

describe('working in lanes', () => {
  it('does everything once and never more than so much at a time', async () => {
    let busy = 0;
    let most = 0;
    const done: number[] = [];
    await inLanes([1, 2, 3, 4, 5, 6, 7], 3, async (thing) => {
      busy += 1;
      most = Math.max(most, busy);
      await turn();
      busy -= 1;
      done.push(thing);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('begins nothing new after a failure, and tells it', async () => {
    const begun: number[] = [];
    const working = inLanes([1, 2, 3, 4, 5, 6], 2, async (thing) => {
      begun.push(thing);
      await turn();
      if (thing === 2) throw new Error('two');
    });
    await expect(working).rejects.toThrow('two');
    await turn();
    expect(begun.length).toBeLessThan(6);
  });
});
