import { describe, expect, it } from 'vitest';

import { describeFailure, withoutApiKeys } from './log.ts';

describe('a failure in the log', () => {
  it('stands there with its code, its stack, and what caused it', () => {
    const cause = Object.assign(new Error('the line was cut'), { code: 'ECONNRESET' });
    const failure = describeFailure(new Error('no answer', { cause }));
    expect(failure).toMatchObject({
      error: 'no answer',
      cause: { error: 'the line was cut', code: 'ECONNRESET' },
    });
    expect(failure['stack']).toContain('log.test.ts');
    expect(failure).not.toHaveProperty('code');
    expect(failure['cause']).not.toHaveProperty('cause');
  });

  it('stands there even when somebody threw what is no error', () => {
    expect(describeFailure('out of paper')).toEqual({ error: 'out of paper' });
  });
});

describe('an API key in the log', () => {
  const key = 'kas_0123456789ab_0123456789ABCDEFGHIJKLMNOPQRSTUV0GaYJx';

  it('is told by its prefix, whole or cut off, wherever it stands and however often', () => {
    const line = JSON.stringify({ url: `/?key=${key}&x=1`, also: [key.slice(0, 30), 'kas_'] });
    expect(withoutApiKeys(line)).toBe(
      '{"url":"/?key=kas_0123456789ab_…&x=1","also":["kas_0123456789ab_…","kas_"]}',
    );
  });
});
