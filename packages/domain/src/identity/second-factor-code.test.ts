import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  formatRecoveryCode,
  LONGEST_TYPED_CODE,
  readSecondFactorCode,
  RECOVERY_ALPHABET,
  RECOVERY_CODE_LENGTH,
  type RecoveryCode,
} from './second-factor-code.value.ts';

const LETTERS = RECOVERY_ALPHABET.split('');

const recoveryCode = fc
  .array(fc.constantFrom(...LETTERS), {
    minLength: RECOVERY_CODE_LENGTH,
    maxLength: RECOVERY_CODE_LENGTH,
  })
  .map((letters) => letters.join('') as RecoveryCode);

describe('a code as people type it', () => {
  test.each(['123456', '123 456', ' 123-456 '])('“%s” is six digits', (typed) => {
    expect(readSecondFactorCode(typed)).toEqual({ kind: 'password', password: '123456' });
  });

  test.each([
    '',
    '12345',
    '1234567',
    '12345a',
    '１２３４５６',
    '٣٣٣٣٣٣',
    '7K3M-Q9TX-2VBN-0HR',
    '7K3M-Q9TX-2VBN-0HRU',
    '7K3M-Q9TX-2VBN-0HRDD',
    '6'.padStart(LONGEST_TYPED_CODE + 1, ' '),
    '\u0000123456',
  ])('“%s” is none', (typed) => {
    expect(readSecondFactorCode(typed)).toBeNull();
  });

  test('a recovery code is read as it is shown, and as a tired person copies it', () => {
    fc.assert(
      fc.property(recoveryCode, (code) => {
        const shown = formatRecoveryCode(code);
        expect(shown).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
        const copied = shown.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
        for (const typed of [code, shown, copied])
          expect(readSecondFactorCode(typed)).toEqual({ kind: 'recovery', code });
      }),
    );
  });

  test('no two letters of the alphabet are read alike', () => {
    const read = LETTERS.map((letter) => readSecondFactorCode(letter.repeat(RECOVERY_CODE_LENGTH)));
    expect(new Set(read.map((code) => JSON.stringify(code))).size).toBe(32);
  });
});
