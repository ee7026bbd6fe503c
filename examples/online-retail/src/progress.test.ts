import { describe, expect, it } from 'vitest';

import { Progress } from './progress.ts';

function shown(total: number, isTTY: boolean): string[] {
  const written: string[] = [];
  const output = { isTTY, write: (text: string) => written.push(text) };
  const progress = new Progress('Orders', total, output);
  for (let step = 0; step < total; step += 1) progress.step();
  return written;
}

describe('progress', () => {
  it('is a line every tenth where it is written into a file', () => {
    expect(shown(40, false)).toHaveLength(10);
    expect(shown(40, false).slice(-1)).toEqual(['Orders: 40 of 40\n']);
    expect(shown(3, false)).toEqual(['Orders: 1 of 3\n', 'Orders: 2 of 3\n', 'Orders: 3 of 3\n']);
  });

  it('is one line that changes on a terminal', () => {
    expect(shown(2, true)).toEqual(['\rOrders: 1 of 2', '\rOrders: 2 of 2\n']);
  });
});
