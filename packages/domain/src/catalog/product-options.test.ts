import { describe, expect, test } from 'vitest';

import { arrangeChoices, parseOptions, type OptionChoice } from './product-options.value.ts';

const AXES = [
  { name: 'Size', values: ['S', 'M'] },
  { name: 'Colour', values: ['red', 'blue'] },
];
const choose = (size: string, colour: string): readonly OptionChoice[] => [
  { name: 'Colour', value: colour },
  { name: 'Size', value: size },
];
const arrange = (...variants: readonly (readonly OptionChoice[])[]) =>
  arrangeChoices(
    AXES,
    variants.map((options) => ({ options })),
    (index) => ['variants', index],
  );
const refusalOf = (...variants: readonly (readonly OptionChoice[])[]) => {
  const { reason, path } = arrange(...variants)._unsafeUnwrapErr();
  return [reason, path.join('.')];
};

describe('the options of a product', () => {
  test('are at most five, each with values, none twice in whatever case', () => {
    const refusal = (options: Parameters<typeof parseOptions>[0]) => {
      const error = parseOptions(options)._unsafeUnwrapErr();
      return [error.reason, error.path.join('.')];
    };
    const axis = (name: string, ...values: string[]) => ({ name, values });
    const five = ['a', 'b', 'c', 'd', 'e'].map((name) => axis(name, 'x'));
    expect(parseOptions(five).isOk()).toBe(true);
    expect(refusal([...five, axis('f', 'x')])).toEqual(['too_many', 'options']);
    expect(refusal([axis('Size')])).toEqual(['no_values', 'options.0.values']);
    expect(refusal([axis('Size', ...Array.from({ length: 201 }, String))])).toEqual([
      'too_many',
      'options.0.values',
    ]);
    expect(refusal([axis('Size', 'S'), axis('size ', 'S')])).toEqual([
      'duplicate',
      'options.1.name',
    ]);
    expect(refusal([axis('Size', 'S', ' s')])).toEqual(['duplicate', 'options.0.values.1']);
    expect(refusal([axis(' ', 'S')])).toEqual(['empty', 'options.0.name']);
    expect(refusal([axis('Size', 'a\0')])).toEqual(['control_character', 'options.0.values.0']);
  });

  test('are chosen from in any order, and kept in theirs', () => {
    const [first] = arrange(choose(' S ', 'red'))._unsafeUnwrap();
    expect(first?.options).toEqual([
      { name: 'Size', value: 'S' },
      { name: 'Colour', value: 'red' },
    ]);
  });

  test('are one value of each for every variant, and no two variants alike', () => {
    expect(arrange(choose('S', 'red'), choose('S', 'blue'), choose('M', 'red')).isOk()).toBe(true);
    expect(refusalOf(choose('S', 'red'), choose('S', 'red'))).toEqual([
      'duplicate_combination',
      'variants.1.options',
    ]);
    expect(refusalOf([{ name: 'Size', value: 'S' }])).toEqual([
      'missing_choice',
      'variants.0.options',
    ]);
    expect(refusalOf(choose('XL', 'red'))).toEqual(['unknown_value', 'variants.0.options.1.value']);
    expect(refusalOf([...choose('S', 'red'), { name: 'Fit', value: 'slim' }])).toEqual([
      'unknown_option',
      'variants.0.options.2.name',
    ]);
    expect(refusalOf([...choose('S', 'red'), { name: 'Size', value: 'M' }])).toEqual([
      'duplicate',
      'variants.0.options.2.name',
    ]);
    expect(refusalOf(choose('x'.repeat(100_000), 'red'))[0]).toBe('unknown_value');
  });

  test('may be none, and then there is nothing to choose', () => {
    const bare = [{ options: [] }, { options: [] }];
    expect(arrangeChoices([], bare, () => [])._unsafeUnwrap()).toEqual(bare);
    expect(arrangeChoices([], [{ options: choose('S', 'red') }], () => []).isErr()).toBe(true);
  });
});
