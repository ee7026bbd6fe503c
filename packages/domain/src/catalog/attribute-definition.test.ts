import { err, ok } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import {
  definitionsInForce,
  parseAttributeDefinitions,
  type AttributeDefinitionDraft,
  type InvalidAttributeDefinition,
} from './attribute-definition.value.ts';

const material = { name: 'material', type: 'choice', choices: ['oak', 'ash'] } as const;
const read = (...drafts: readonly AttributeDefinitionDraft[]) => parseAttributeDefinitions(drafts);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

describe('definitions of attributes', () => {
  test('are read with what is left out filled in', () => {
    expect(read({ name: ' size ', type: 'text' })).toEqual(
      ok([
        {
          name: 'size',
          label: null,
          type: 'text',
          choices: [],
          unit: null,
          required: false,
          filterable: false,
        },
      ]),
    );
  });

  test('are read with all that they can say', () => {
    const all = [
      {
        ...material,
        choices: ['oak', 'ash'],
        label: 'Made of',
        unit: null,
        required: true,
        filterable: true,
      },
      {
        name: 'height',
        type: 'number' as const,
        choices: [],
        label: null,
        unit: 'cm',
        required: false,
        filterable: true,
      },
    ];
    expect(parseAttributeDefinitions(all)).toEqual(ok(all));
  });

  test.each<[AttributeDefinitionDraft, InvalidAttributeDefinition['reason'], string]>([
    [{ name: '', type: 'text' }, 'text', 'name'],
    [{ name: 'x'.repeat(101), type: 'text' }, 'text', 'name'],
    [{ name: 'a\nb', type: 'text' }, 'text', 'name'],
    [{ name: 'a', type: 'text', label: ' ' }, 'text', 'label'],
    [{ name: 'a', type: 'number', unit: 'x'.repeat(21) }, 'text', 'unit'],
    [{ name: 'a', type: 'text', unit: 'cm' }, 'unit_without_number', 'unit'],
    [{ name: 'a', type: 'choice' }, 'choices_missing', 'choices'],
    [{ name: 'a', type: 'text', choices: ['b'] }, 'choices_without_choice', 'choices'],
    [{ ...material, choices: ['oak', ''] }, 'text', 'choices.1'],
    [{ ...material, choices: ['oak', 'ash', ' oak'] }, 'duplicate', 'choices.2'],
    [{ ...material, choices: numbered(201) }, 'too_many', 'choices'],
    [{ name: 'first', type: 'text' }, 'duplicate', 'name'],
  ])('%j is refused, and the place is named', (draft, reason, place) => {
    const path = place.split('.').map((part) => (/^\d/.test(part) ? Number(part) : part));
    expect(read({ name: 'first', type: 'boolean' }, draft)).toEqual(
      err({
        code: 'catalog.invalid_attribute_definition',
        path: ['definitions', 1, ...path],
        reason,
      }),
    );
  });

  test('are at most a hundred', () => {
    const many = (count: number) =>
      parseAttributeDefinitions(numbered(count).map((name) => ({ name, type: 'text' })));
    expect(many(100).isOk()).toBe(true);
    expect(many(101)._unsafeUnwrapErr()).toMatchObject({ reason: 'too_many' });
  });

  test('of the nearest category hold where several define one name', () => {
    const root = read({ name: 'size', type: 'text' }, { name: 'origin', type: 'text' });
    const own = read({ name: 'size', type: 'number', unit: 'ml' })._unsafeUnwrap();
    const inForce = definitionsInForce([root._unsafeUnwrap(), [], own]);
    expect(inForce.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['size', 'number', 'ml'],
      ['origin', 'text', null],
    ]);
  });
});
