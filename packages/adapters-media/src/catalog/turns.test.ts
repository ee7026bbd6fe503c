import { describe, expect, it } from 'vitest';

import { latch } from '@kastoma/application/testing';

import { Turns } from './turns.ts';

describe('turns', () => {
  it('lets two work at once, one wait, and sends the fourth away', async () => {
    const turns = new Turns(2, 1);
    const ends = latch();
    let working = 0;
    let most = 0;
    const work = async () => {
      working += 1;
      most = Math.max(most, working);
      await ends.opened;
      working -= 1;
      return 'done';
    };
    const taken = [turns.take(work), turns.take(work), turns.take(work)];
    expect(turns.take(work)).toBeNull();
    ends.open();
    for (const turn of taken) expect(await turn).toBe('done');
    expect(most).toBe(2);
  });

  it('gives back the turn of one that failed', async () => {
    const turns = new Turns(1, 0);
    await expect(turns.take(() => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
    expect(await turns.take(async () => 1)).toBe(1);
  });
});
