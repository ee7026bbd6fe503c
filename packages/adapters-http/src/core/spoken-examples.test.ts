import { expect, it } from 'vitest';

import { withSpokenExamples } from './spoken-examples.ts';

const parameter = (schema: object, others: object = {}) => ({
  name: 'min_price',
  in: 'query',
  schema: { type: 'string', ...schema },
  ...others,
});

it.each([
  [{ example: '19.99' }, { description: 'For example `19.99`.' }],
  [
    { example: '19.99', description: 'In the store’s currency' },
    { description: 'In the store’s currency. For example `19.99`.' },
  ],
  [{ example: 20, description: 'At least.' }, { description: 'At least. For example `20`.' }],
  [{ description: 'At least' }, { description: 'At least' }],
])('an example of a filter stands among its words: %j', (given, shown) => {
  const pathWith = (schema: object) => ({ '/tea/': { get: { parameters: [parameter(schema)] } } });
  expect(withSpokenExamples(pathWith(given))).toEqual(pathWith(shown));
});

it('what has to be said keeps its example, and so do headers, paths and bodies', () => {
  const example = { example: 'x' };
  const document = {
    parameters: [
      parameter(example, { required: true }),
      parameter(example, { in: 'header' }),
      { name: 'none', in: 'query' },
    ],
    schemas: { Money: { properties: { amount: example } } },
  };
  expect(withSpokenExamples(document)).toEqual(document);
});
