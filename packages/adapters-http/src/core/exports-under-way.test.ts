import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  EXPORT_PATIENCE_MILLISECONDS,
  ExportsUnderWay,
  MOST_EXPORTS,
} from './exports-under-way.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A file of three parts that says when what it holds was let go. */
function openFile({ failsAt = Infinity, takes = 0 } = {}) {
  const state = { isOpen: false };
  async function* read() {
    state.isOpen = true;
    try {
      for (const part of [1, 2, 3]) {
        if (takes > 0) await pass(takes);
        if (part === failsAt) throw new Error('out of reach');
        yield String(part);
      }
    } finally {
      state.isOpen = false;
    }
  }
  return { parts: read(), state };
}

/** Takes every place but so many, and never reads. */
function crowd(exportsUnderWay: ExportsUnderWay, places: number): void {
  for (let left = MOST_EXPORTS; left > places; left -= 1) {
    const parts = exportsUnderWay.begin(openFile().parts);
    expect(parts).not.toBeNull();
  }
}

async function readAll(parts: AsyncIterable<string> | null): Promise<string> {
  let text = '';
  for await (const part of parts ?? []) text += part;
  return text;
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('exports under way', () => {
  it('are whole, however many come one after another', async () => {
    const exportsUnderWay = new ExportsUnderWay();
    for (let count = 0; count < 2 * MOST_EXPORTS; count += 1)
      expect(await readAll(exportsUnderWay.begin(openFile().parts))).toBe('123');
    expect(await readAll(exportsUnderWay.begin(['1', '2']))).toBe('12');
  });

  it('are a few at once, and the next has no place until one has ended', async () => {
    const exportsUnderWay = new ExportsUnderWay();
    crowd(exportsUnderWay, 1);
    const last = exportsUnderWay.begin(openFile().parts);
    expect(exportsUnderWay.begin(openFile().parts)).toBeNull();
    await readAll(last);
    expect(await readAll(exportsUnderWay.begin(openFile().parts))).toBe('123');
  });

  it('give their place back once when they are hung up on, and when they fail', async () => {
    const exportsUnderWay = new ExportsUnderWay();
    crowd(exportsUnderWay, 1);
    const { parts, state } = openFile();
    for await (const part of exportsUnderWay.begin(parts) ?? []) {
      expect([part, state.isOpen]).toEqual(['1', true]);
      break;
    }
    expect(state.isOpen).toBe(false);
    const failing = exportsUnderWay.begin(openFile({ failsAt: 2 }).parts);
    await expect(readAll(failing)).rejects.toThrow('out of reach');
    expect(exportsUnderWay.begin(openFile().parts)).not.toBeNull();
    expect(exportsUnderWay.begin(openFile().parts)).toBeNull();
  });

  it('let go of what they hold when nobody reads on, and break instead of looking whole', async () => {
    const exportsUnderWay = new ExportsUnderWay();
    crowd(exportsUnderWay, 1);
    const { parts, state } = openFile();
    const iterator = exportsUnderWay.begin(parts)?.[Symbol.asyncIterator]();
    await pass(EXPORT_PATIENCE_MILLISECONDS - 1);
    expect(await iterator?.next()).toEqual({ done: false, value: '1' });
    await pass(EXPORT_PATIENCE_MILLISECONDS - 1);
    expect(state.isOpen).toBe(true);
    await pass(1);
    expect(state.isOpen).toBe(false);
    await expect(iterator?.next()).rejects.toThrow('not read on');
    // Those that nobody has ever begun to read are gone, too; and no place was given back twice.
    crowd(exportsUnderWay, 0);
    expect(exportsUnderWay.begin(openFile().parts)).toBeNull();
  });

  it('may take longer than that to be made', async () => {
    const takes = 2 * EXPORT_PATIENCE_MILLISECONDS;
    const { parts } = openFile({ takes });
    expect(await readAll(new ExportsUnderWay().begin(parts))).toBe('123');
  });
});
