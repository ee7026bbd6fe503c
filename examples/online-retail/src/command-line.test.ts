import { describe, expect, it } from 'vitest';

import { readCommandLine } from './command-line.ts';

const ADMIN = { KASTOMA_ADMIN_EMAIL: 'a@shop.example', KASTOMA_ADMIN_PASSWORD: 'secret enough' };

describe('the command line', () => {
  it('wants a file and an account, the rest has defaults', () => {
    expect(readCommandLine(['file.csv'], ADMIN)).toEqual({
      file: 'file.csv',
      url: 'http://127.0.0.1:8000',
      json: false,
      refusals: null,
      concurrency: 4,
      admin: { email: 'a@shop.example', password: 'secret enough' },
    });
  });

  it('takes its options anywhere', () => {
    const argv = ['--json', '--url', 'http://shop.example', 'f.csv', '--refusals', 'r.csv'];
    expect(readCommandLine(argv, ADMIN)).toMatchObject({
      file: 'f.csv',
      url: 'http://shop.example',
      json: true,
      refusals: 'r.csv',
    });
  });

  it.each([
    ['no file', []],
    ['two files', ['a.csv', 'b.csv']],
    ['an unknown option', ['a.csv', '--fast']],
    ['an address that is none', ['a.csv', '--url', 'localhost:8000']],
    ['no lanes', ['a.csv', '--concurrency', '0']],
    ['too many lanes', ['a.csv', '--concurrency', '65']],
    ['half a lane', ['a.csv', '--concurrency', '1.5']],
  ])('refuses %s and says how it is used', (_name, argv) => {
    expect(() => readCommandLine(argv, ADMIN)).toThrow(/Usage:/);
  });

  it('refuses to begin without the account', () => {
    expect(() => readCommandLine(['a.csv'], {})).toThrow(/KASTOMA_ADMIN_PASSWORD are wanted/);
  });
});
