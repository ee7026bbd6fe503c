import { err, ok, type Result } from 'neverthrow';

/** Where in the caller's input a value stood: `["variants", 0, "sku"]`. */
export type FieldPath = readonly (string | number)[];

export type InvalidText = {
  readonly code: 'core.invalid_text';
  readonly path: FieldPath;
  readonly reason: 'empty' | 'too_long' | 'control_character' | 'not_unicode';
  readonly maximumLength: number;
};

export type TextRule = {
  readonly path: FieldPath;
  /** Counted in Unicode code points, after trimming. */
  readonly maximumLength: number;
  readonly mayBeEmpty?: boolean;
  /** Line breaks and tabs are allowed; other control characters never are. */
  readonly multiline?: boolean;
};

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINE_BREAKS = /[^\P{Cc}\t\n\r]/u;

/** Text that people write: trimmed, in Unicode's composed form (NFC), storable and printable. */
export function parseText(text: string, rule: TextRule): Result<string, InvalidText> {
  const refuse = (reason: InvalidText['reason']): Result<string, InvalidText> =>
    err({ code: 'core.invalid_text', path: rule.path, reason, maximumLength: rule.maximumLength });
  if (!text.isWellFormed()) return refuse('not_unicode');
  const normal = text.normalize('NFC').trim();
  if (normal === '' && rule.mayBeEmpty !== true) return refuse('empty');
  // A code point takes one or two UTF-16 units: do not walk a megabyte to say no.
  if (normal.length > rule.maximumLength * 2 || [...normal].length > rule.maximumLength)
    return refuse('too_long');
  const forbidden = rule.multiline === true ? CONTROL_BUT_LINE_BREAKS : CONTROL;
  return forbidden.test(normal) ? refuse('control_character') : ok(normal);
}
