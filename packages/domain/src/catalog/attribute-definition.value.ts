import { err, ok, type Result } from 'neverthrow';

import { parseText, type FieldPath } from '../core/text.value.ts';

export const ATTRIBUTE_TYPES = ['text', 'number', 'boolean', 'choice'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** What a category says of an attribute that its products have. */
export type AttributeDefinition = {
  readonly name: string;
  /** What people are shown instead of the name. */
  readonly label: string | null;
  readonly type: AttributeType;
  /** What a choice is made of, in the order in which it is offered; empty for other types. */
  readonly choices: readonly string[];
  /** Of a number. */
  readonly unit: string | null;
  readonly required: boolean;
  readonly filterable: boolean;
};

export type AttributeDefinitionDraft = {
  readonly name: string;
  readonly label?: string | null | undefined;
  readonly type: AttributeType;
  readonly choices?: readonly string[] | undefined;
  readonly unit?: string | null | undefined;
  readonly required?: boolean | undefined;
  readonly filterable?: boolean | undefined;
};

export type InvalidAttributeDefinition = {
  readonly code: 'catalog.invalid_attribute_definition';
  readonly path: FieldPath;
  readonly reason:
    | 'text'
    | 'duplicate'
    | 'too_many'
    | 'choices_missing'
    | 'choices_without_choice'
    | 'unit_without_number';
};

const MOST_DEFINITIONS = 100;
const MOST_CHOICES = 200;
const LONGEST_NAME = 100;
const LONGEST_LABEL = 120;
const LONGEST_CHOICE = 200;
const LONGEST_UNIT = 20;

/** Reads a category's own definitions: at most 100, each name once; a choice has 1 to 200 different ones. */
export function parseAttributeDefinitions(
  drafts: readonly AttributeDefinitionDraft[],
): Result<readonly AttributeDefinition[], InvalidAttributeDefinition> {
  const place = ['definitions'];
  if (drafts.length > MOST_DEFINITIONS) return refuse('too_many', place);
  const definitions = new Map<string, AttributeDefinition>();
  for (const [index, draft] of drafts.entries()) {
    const parsed = parseDefinition(draft, [...place, index]);
    if (parsed.isErr()) return err(parsed.error);
    const { name } = parsed.value;
    if (definitions.has(name)) return refuse('duplicate', [...place, index, 'name']);
    definitions.set(name, parsed.value);
  }
  return ok([...definitions.values()]);
}

/** The definitions that hold for a category, given those of each category from the root down to it: of one name the nearest counts. */
export function definitionsInForce(
  levels: readonly (readonly AttributeDefinition[])[],
): readonly AttributeDefinition[] {
  const named = levels.flat().map((definition) => [definition.name, definition] as const);
  return [...new Map(named).values()];
}

function parseDefinition(
  draft: AttributeDefinitionDraft,
  path: FieldPath,
): Result<AttributeDefinition, InvalidAttributeDefinition> {
  const { type, choices = [], required = false, filterable = false } = draft;
  if (type !== 'choice' && choices.length > 0)
    return refuse('choices_without_choice', [...path, 'choices']);
  if (type === 'choice' && choices.length === 0)
    return refuse('choices_missing', [...path, 'choices']);
  const unit = draft.unit ?? null;
  if (type !== 'number' && unit !== null) return refuse('unit_without_number', [...path, 'unit']);
  return parseLine(draft.name, [...path, 'name'], LONGEST_NAME).andThen((name) =>
    parseLineOrNull(draft.label ?? null, [...path, 'label'], LONGEST_LABEL).andThen((label) =>
      parseLineOrNull(unit, [...path, 'unit'], LONGEST_UNIT).andThen((parsedUnit) =>
        parseChoices(choices, [...path, 'choices']).map((parsedChoices) => ({
          name,
          label,
          type,
          choices: parsedChoices,
          unit: parsedUnit,
          required,
          filterable,
        })),
      ),
    ),
  );
}

function parseChoices(
  choices: readonly string[],
  path: FieldPath,
): Result<readonly string[], InvalidAttributeDefinition> {
  if (choices.length > MOST_CHOICES) return refuse('too_many', path);
  const seen = new Set<string>();
  for (const [index, choice] of choices.entries()) {
    const parsed = parseLine(choice, [...path, index], LONGEST_CHOICE);
    if (parsed.isErr()) return err(parsed.error);
    if (seen.has(parsed.value)) return refuse('duplicate', [...path, index]);
    seen.add(parsed.value);
  }
  return ok([...seen]);
}

function parseLineOrNull(
  text: string | null,
  path: FieldPath,
  maximumLength: number,
): Result<string | null, InvalidAttributeDefinition> {
  return text === null ? ok(null) : parseLine(text, path, maximumLength);
}

function parseLine(
  text: string,
  path: FieldPath,
  maximumLength: number,
): Result<string, InvalidAttributeDefinition> {
  return parseText(text, { path, maximumLength }).orElse(() => refuse('text', path));
}

function refuse(
  reason: InvalidAttributeDefinition['reason'],
  path: FieldPath,
): Result<never, InvalidAttributeDefinition> {
  return err({ code: 'catalog.invalid_attribute_definition', path, reason });
}
