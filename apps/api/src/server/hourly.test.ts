import { errAsync, okAsync, ResultAsync } from 'neverthrow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { hourly } from './hourly.ts';

const HOUR = 60 * 60 * 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

describe('what a shop does every hour', () => {
  it('is done at once, too, and until it ends', async () => {
    const work = vi.fn(() => okAsync());
    const reportFailure = vi.fn();
    const end = hourly(work, reportFailure);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(HOUR - 1);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(HOUR + 1);
    expect(work).toHaveBeenCalledTimes(3);
    end();
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(work).toHaveBeenCalledTimes(3);
    expect(reportFailure).not.toHaveBeenCalled();
  });

  it('is reported when it is refused or fails, and tried again', async () => {
    const refusal = { code: 'test.refused' };
    const failure = new Error('gone');
    const work = vi
      .fn((): ResultAsync<unknown, unknown> => okAsync())
      .mockReturnValueOnce(errAsync(refusal))
      .mockImplementationOnce(() => ResultAsync.fromSafePromise(Promise.reject(failure)));
    const reportFailure = vi.fn();
    const end = hourly(work, reportFailure);
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    end();
    expect(reportFailure.mock.calls).toEqual([[refusal], [failure]]);
    expect(work).toHaveBeenCalledTimes(3);
  });
});
