import { expect, test } from 'vitest';

import { Defect, defect } from './defect.ts';

test('a defect stops everything, and says what cannot be', () => {
  const stop = () => defect('A line has no price.');
  expect(stop).toThrow(Defect);
  expect(stop).toThrow('A line has no price.');
  expect(stop).toThrow(expect.objectContaining({ name: 'Defect' }));
});
