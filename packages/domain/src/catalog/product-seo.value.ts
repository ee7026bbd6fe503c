import { Result } from 'neverthrow';

import { parseText, type InvalidText } from '../core/text.value.ts';

/** What search engines are told where it is not the name and the description. */
export type Seo = { readonly title: string | null; readonly description: string | null };
export type SeoDraft = {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
};

const LONGEST_TITLE = 200;
const LONGEST_DESCRIPTION = 1_000;

export function parseSeo({ title, description }: SeoDraft): Result<Seo, InvalidText> {
  return Result.combine([
    parseOptional(title, 'title', LONGEST_TITLE),
    parseOptional(description, 'description', LONGEST_DESCRIPTION),
  ]).map(([parsedTitle, parsedDescription]) => ({
    title: parsedTitle,
    description: parsedDescription,
  }));
}

function parseOptional(
  text: string | null | undefined,
  field: string,
  maximumLength: number,
): Result<string | null, InvalidText> {
  return parseText(text ?? '', { path: ['seo', field], maximumLength, mayBeEmpty: true }).map(
    (parsed) => (parsed === '' ? null : parsed),
  );
}
