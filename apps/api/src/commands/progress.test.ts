import { expect, it } from 'vitest';

import { Progress } from './progress.ts';

function shown(isTTY: boolean): string {
  let written = '';
  let now = 0;
  const progress = new Progress(
    {
      isTTY,
      write: (text: string) => {
        written += text;
        return true;
      },
    },
    () => now,
  );
  for (const done of [0, 250, 500, 1_000]) {
    progress.show('rows', done, 1_000);
    now += 1_500;
  }
  return written;
}

it('a terminal shows a bar that fills up', () => {
  const written = shown(true);
  expect(written.split('\r')).toHaveLength(5);
  expect(written).toContain('[...............');
  expect(
    written.endsWith('[##############################] 100% 1,000 of 1,000 rows\u{1b}[K\n'),
  ).toBe(true);
});

it('elsewhere a line says how far it is, now and then and in the end', () => {
  expect(shown(false)).toBe(
    '  0% 0 of 1,000 rows\n 50% 500 of 1,000 rows\n100% 1,000 of 1,000 rows\n',
  );
});
