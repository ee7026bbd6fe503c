import { describe, expect, it } from 'vitest';

import { describeFailure } from './log.ts';

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
