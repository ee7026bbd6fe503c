import { err, ok, Result } from 'neverthrow';

import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';

/** An axis along which a product's variants differ: size, colour. */
export type ProductOption = { readonly name: string; readonly values: readonly string[] };
/** Where a variant stands on one axis. */
export type OptionChoice = { readonly name: string; readonly value: string };

export type InvalidOptions = {
  readonly code: 'catalog.invalid_options';
  readonly path: FieldPath;
  readonly reason:
    | 'too_many'
    | 'no_values'
    | 'duplicate'
    | 'unknown_option'
    | 'unknown_value'
    | 'missing_choice'
    | 'duplicate_combination';
};

const MOST_OPTIONS = 5;
const MOST_VALUES = 200;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 100;

/** Reads the axes of a product: at most 5, each with at least one value, and none twice in whatever case. */
export function parseOptions(
  options: readonly ProductOption[],
  path: FieldPath = ['options'],
): Result<readonly ProductOption[], InvalidOptions | InvalidText> {
  if (options.length > MOST_OPTIONS) return refuse('too_many', path);
  return Result.combine(
    options.map((option, index) => parseOption(option, [...path, index])),
  ).andThen((parsed) =>
    refuseRepeated(
      parsed.map(({ name }) => name),
      (index) => [...path, index, 'name'],
    ).map(() => parsed),
  );
}

function parseOption(
  { name, values }: ProductOption,
  path: FieldPath,
): Result<ProductOption, InvalidOptions | InvalidText> {
  if (values.length === 0) return refuse('no_values', [...path, 'values']);
  if (values.length > MOST_VALUES) return refuse('too_many', [...path, 'values']);
  return Result.combine([
    parseText(name, { path: [...path, 'name'], maximumLength: LONGEST_NAME }),
    Result.combine(
      values.map((value, index) =>
        parseText(value, { path: [...path, 'values', index], maximumLength: LONGEST_VALUE }),
      ),
    ),
  ]).andThen(([parsedName, parsedValues]) =>
    refuseRepeated(parsedValues, (index) => [...path, 'values', index]).map(() => ({
      name: parsedName,
      values: parsedValues,
    })),
  );
}

function refuseRepeated(
  names: readonly string[],
  placeOf: (index: number) => FieldPath,
): Result<void, InvalidOptions> {
  const folded = names.map((name) => name.toLowerCase());
  const repeated = folded.findIndex((name, index) => folded.indexOf(name) !== index);
  return repeated === -1 ? ok() : refuse('duplicate', placeOf(repeated));
}

type WithChoices = { readonly options: readonly OptionChoice[] };

/** Puts each variant's choices in the order of the axes; one of each, and no combination twice. */
export function arrangeChoices<V extends WithChoices>(
  options: readonly ProductOption[],
  variants: readonly V[],
  placeOf: (index: number) => FieldPath,
): Result<readonly V[], InvalidOptions> {
  const combinations = new Set<string>();
  const arranged: V[] = [];
  for (const [index, variant] of variants.entries()) {
    const path = [...placeOf(index), 'options'];
    const choices = chooseFrom(options, variant.options, path);
    if (choices.isErr()) return err(choices.error);
    const combination = JSON.stringify(choices.value.map(({ value }) => value));
    if (options.length > 0 && combinations.has(combination))
      return refuse('duplicate_combination', path);
    combinations.add(combination);
    arranged.push(
      isSame(variant.options, choices.value) ? variant : { ...variant, options: choices.value },
    );
  }
  return ok(arranged);
}

/** Written as the axes are: what is compared is what is stored, in the composed form and without blanks around. */
function chooseFrom(
  options: readonly ProductOption[],
  given: readonly OptionChoice[],
  path: FieldPath,
): Result<readonly OptionChoice[], InvalidOptions> {
  const chosen = new Map<string, string>();
  for (const [index, choice] of given.entries()) {
    const name = plain(choice.name, LONGEST_NAME);
    const value = plain(choice.value, LONGEST_VALUE);
    const option = options.find((axis) => axis.name === name);
    if (option === undefined) return refuse('unknown_option', [...path, index, 'name']);
    if (chosen.has(name)) return refuse('duplicate', [...path, index, 'name']);
    if (!option.values.includes(value)) return refuse('unknown_value', [...path, index, 'value']);
    chosen.set(name, value);
  }
  const choices = options.flatMap(({ name }) => {
    const value = chosen.get(name);
    return value === undefined ? [] : [{ name, value }];
  });
  return choices.length === options.length ? ok(choices) : refuse('missing_choice', path);
}

/** Nothing where it is longer than any name can be. */
function plain(text: string, maximumLength: number): string {
  return parseText(text, { path: [], maximumLength }).unwrapOr('');
}

function isSame(before: readonly OptionChoice[], after: readonly OptionChoice[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function refuse(reason: InvalidOptions['reason'], path: FieldPath): Result<never, InvalidOptions> {
  return err({ code: 'catalog.invalid_options', path, reason });
}
