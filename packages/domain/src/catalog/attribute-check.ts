import { err, ok, type Result } from 'neverthrow';

import type { FieldPath } from '../core/text.value.ts';
import type { AttributeDefinition, AttributeType } from './attribute-definition.value.ts';
import type { Attributes, AttributeValue } from './attributes.value.ts';

/** An attribute is not what the product's category says of it. */
export type AttributeMismatch = {
  readonly code: 'catalog.attribute_mismatch';
  readonly path: FieldPath;
  readonly reason: 'missing' | 'wrong_type' | 'not_a_choice';
  readonly expected: AttributeType;
  /** What can be chosen, where it is a choice. */
  readonly choices: readonly string[];
};

/** What is described by attributes: a product, and its variants. */
type Described = {
  readonly attributes: Attributes;
  readonly variants: readonly { readonly attributes: Attributes }[];
};

/** Checks the values of names that are defined; other names are free. Null is as good as nothing. */
export function checkAttributes(
  definitions: readonly AttributeDefinition[],
  attributes: Attributes,
  path: FieldPath = ['attributes'],
): Result<void, AttributeMismatch> {
  for (const definition of definitions) {
    const reason = misfit(definition, valueOf(attributes, definition.name));
    if (reason !== null) return mismatch(definition, [...path, definition.name], reason);
  }
  return ok();
}

/**
 * Checks a product against the definitions of its category, wherever a value stands: on the
 * product or on a variant. A required one is on the product, or on each of its variants.
 */
export function checkDescription(
  definitions: readonly AttributeDefinition[],
  { attributes, variants }: Described,
): Result<void, AttributeMismatch> {
  const missing = definitions.find(
    ({ required, name }) =>
      required &&
      valueOf(attributes, name) === null &&
      !(
        variants.length > 0 &&
        variants.every((variant) => valueOf(variant.attributes, name) !== null)
      ),
  );
  if (missing !== undefined) return mismatch(missing, ['attributes', missing.name], 'missing');
  return variants.reduce<Result<void, AttributeMismatch>>(
    (checked, variant, index) =>
      checked.andThen(() =>
        checkAttributes(definitions, variant.attributes, ['variants', index, 'attributes']),
      ),
    checkAttributes(definitions, attributes),
  );
}

function misfit(
  { type, choices }: AttributeDefinition,
  value: AttributeValue,
): AttributeMismatch['reason'] | null {
  if (value === null) return null;
  if (type === 'choice') {
    if (typeof value !== 'string') return 'wrong_type';
    return choices.includes(value) ? null : 'not_a_choice';
  }
  return typeof value === (type === 'text' ? 'string' : type) ? null : 'wrong_type';
}

function valueOf(attributes: Attributes, name: string): AttributeValue {
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
}

function mismatch(
  { type, choices }: AttributeDefinition,
  path: FieldPath,
  reason: AttributeMismatch['reason'],
): Result<never, AttributeMismatch> {
  return err({ code: 'catalog.attribute_mismatch', path, reason, expected: type, choices });
}
