import fc from 'fast-check';
import { err, ok } from 'neverthrow';
import { describe, expect, test } from 'vitest';

import { checkAttributes, checkDescription } from './attribute-check.ts';
import {
  ATTRIBUTE_TYPES,
  parseAttributeDefinitions,
  type AttributeDefinitionDraft,
  type AttributeType,
} from './attribute-definition.value.ts';
import { parseAttributes, type Attributes } from './attributes.value.ts';

const define = (...drafts: readonly AttributeDefinitionDraft[]) =>
  parseAttributeDefinitions(drafts)._unsafeUnwrap();
const chair = define(
  { name: 'material', type: 'choice', choices: ['oak', 'ash'], required: true },
  { name: 'height', type: 'number', unit: 'cm' },
  { name: 'foldable', type: 'boolean' },
  { name: 'care', type: 'text' },
);
const mismatch = (path: readonly (string | number)[], reason: string, expected: AttributeType) =>
  err({
    code: 'catalog.attribute_mismatch',
    path,
    reason,
    expected,
    choices: expected === 'choice' ? ['oak', 'ash'] : [],
  });

describe('the attributes of a product', () => {
  test('fit when each is what the category says, and whatever else there is', () => {
    const attributes = { material: 'oak', height: 90.5, foldable: false, care: '', other: [1, {}] };
    expect(checkAttributes(chair, attributes)).toEqual(ok());
  });

  test.each<[Attributes, string, string, AttributeType]>([
    [{ material: 'steel' }, 'material', 'not_a_choice', 'choice'],
    [{ material: 'OAK' }, 'material', 'not_a_choice', 'choice'],
    [{ material: ['oak'] }, 'material', 'wrong_type', 'choice'],
    [{ height: '90' }, 'height', 'wrong_type', 'number'],
    [{ foldable: 'true' }, 'foldable', 'wrong_type', 'boolean'],
    [{ foldable: 0 }, 'foldable', 'wrong_type', 'boolean'],
    [{ care: { text: 'none' } }, 'care', 'wrong_type', 'text'],
  ])('%j do not fit', (attributes, name, reason, expected) => {
    expect(checkAttributes(chair, attributes)).toEqual(
      mismatch(['attributes', name], reason, expected),
    );
  });

  test('may be null where nothing is required, and are missing where something is', () => {
    expect(checkAttributes(chair, { height: null, care: null })).toEqual(ok());
    for (const attributes of [{}, { material: null }]) {
      expect(checkDescription(chair, { attributes, variants: [] })).toEqual(
        mismatch(['attributes', 'material'], 'missing', 'choice'),
      );
    }
  });

  test('may be inherited by no name: what every object has is not an attribute', () => {
    const odd = define({ name: 'constructor', type: 'text', required: true });
    expect(checkDescription(odd, { attributes: {}, variants: [] })).toEqual(
      mismatch(['attributes', 'constructor'], 'missing', 'text'),
    );
    expect(checkAttributes(odd, {})).toEqual(ok());
    const named = parseAttributes(JSON.parse('{"__proto__": 1}') as Attributes)._unsafeUnwrap();
    expect(checkAttributes(define({ name: '__proto__', type: 'text' }), named).isErr()).toBe(true);
  });

  test('that are required may stand on each variant instead, and on all of them alone', () => {
    const described = (...materials: readonly (string | null)[]) => ({
      attributes: {},
      variants: materials.map((material) => ({ attributes: { material } })),
    });
    expect(checkDescription(chair, described('oak', 'ash'))).toEqual(ok());
    expect(checkDescription(chair, described('oak', null))).toEqual(
      mismatch(['attributes', 'material'], 'missing', 'choice'),
    );
  });

  test('are checked on the variants, too, and the place is named', () => {
    const variants = [{ attributes: {} }, { attributes: { height: 'tall' } }];
    expect(checkDescription(chair, { attributes: { material: 'oak' }, variants })).toEqual(
      mismatch(['variants', 1, 'attributes', 'height'], 'wrong_type', 'number'),
    );
  });

  test('fit a definition exactly when they are of its type, whatever they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ATTRIBUTE_TYPES), fc.jsonValue(), (type, json) => {
        const choices = type === 'choice' ? ['oak', 'ash'] : [];
        const [definition] = define({ name: 'fact', type, choices });
        const attributes = { fact: json } as Attributes;
        const fits =
          json === null ||
          (type === 'choice' ? choices.includes(json as string) : false) ||
          (type === 'text' && typeof json === 'string') ||
          typeof json === type;
        expect(
          checkAttributes(definition === undefined ? [] : [definition], attributes).isOk(),
        ).toBe(fits);
        expect(checkAttributes([], attributes).isOk()).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
