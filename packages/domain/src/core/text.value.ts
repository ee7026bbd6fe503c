import { err, ok, type Result } from 'neverthrow';

/** Where in the caller's input a value stood: `["variants", 0, "sku"]`. */
export type FieldPath = readonly (string | number)[];

export type InvalidText = {
  readonly code: 'core.invalid_text';
  readonly path: FieldPath;
  readonly reason: 'empty' | 'too_long' | 'control_character' | 'not_unicode' | 'stacked_marks';
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

/**
 * No script stacks more than 30 marks on a letter (UAX #15, stream-safe text). Sorting a
 * run of them costs its square: 80 KB of marks would hold the process for seconds.
 */
const STACKED_MARKS = /\p{M}{31}/u;

/** Composing makes a text at most four times shorter. */
const LONGEST_DECOMPOSITION = 4;

/** Text that people write: trimmed, in Unicode's composed form (NFC), storable and printable. */
export function parseText(text: string, rule: TextRule): Result<string, InvalidText> {
  const refuse = (reason: InvalidText['reason']): Result<string, InvalidText> =>
    err({ code: 'core.invalid_text', path: rule.path, reason, maximumLength: rule.maximumLength });
  if (!text.isWellFormed()) return refuse('not_unicode');
  const trimmed = text.trim();
  if (trimmed.length > rule.maximumLength * 2 * LONGEST_DECOMPOSITION) return refuse('too_long');
  if (STACKED_MARKS.test(trimmed)) return refuse('stacked_marks');
  const normal = trimmed.normalize('NFC');
  if (normal === '' && rule.mayBeEmpty !== true) return refuse('empty');
  // A code point takes one or two UTF-16 units: do not walk a megabyte to say no.
  if (normal.length > rule.maximumLength * 2 || [...normal].length > rule.maximumLength)
    return refuse('too_long');
  const forbidden = rule.multiline === true ? CONTROL_BUT_LINE_BREAKS : CONTROL;
  return forbidden.test(normal) ? refuse('control_character') : ok(normal);
}
