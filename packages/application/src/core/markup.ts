const CONTROLS = /\p{Cc}+/gu;
/** They turn the direction of the text that follows: a name must not rewrite the sentence around it. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** The ampersand comes first: the others are written with one. */
const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
] as const;

/** A text as HTML shows it, in an element or in a quoted attribute: it stays text, and on its line. */
export function escapeMarkup(text: string): string {
  return ENTITIES.reduce(
    (escaped, [character, entity]) => escaped.replaceAll(character, entity),
    onOneLine(text),
  );
}

/** A text without breaks, and without marks that turn what stands around it. */
export function onOneLine(text: string): string {
  return text.replaceAll(CONTROLS, ' ').replaceAll(DIRECTION_OVERRIDES, '');
}
