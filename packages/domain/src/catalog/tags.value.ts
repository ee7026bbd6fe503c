import { err, ok, Result } from 'neverthrow';

import { parseTag, type Tag } from '../core/tag.value.ts';
import type { FieldPath, InvalidText } from '../core/text.value.ts';

export type InvalidTagCount = {
  readonly code: 'catalog.invalid_tag_count';
  readonly path: FieldPath;
  readonly maximum: number;
};

const MOST_TAGS = 50;

/** Reads the tags of a product, in whatever case and order: each once, sorted by code unit, at most 50. */
export function parseTags(
  texts: readonly string[],
): Result<readonly Tag[], InvalidText | InvalidTagCount> {
  return Result.combine(texts.map((text, index) => parseTag(text, ['tags', index]))).andThen(
    (tags) => {
      const unique = [...new Set(tags)];
      return unique.length > MOST_TAGS
        ? err({ code: 'catalog.invalid_tag_count' as const, path: ['tags'], maximum: MOST_TAGS })
        : ok(unique.toSorted());
    },
  );
}
