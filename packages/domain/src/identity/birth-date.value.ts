import { err, ok, type Result } from 'neverthrow';

import { formatInstant, parseInstant, type Instant } from '../core/instant.value.ts';

/** A day of the calendar, `1815-12-10`: when somebody was born, which is no point in time. */
export type BirthDate = string & { readonly __brand: 'BirthDate' };

export type InvalidBirthDate = {
  readonly code: 'identity.invalid_birth_date';
  readonly reason: 'malformed' | 'too_early' | 'in_the_future';
};

const FIRST_YEAR = '1900';
/** Somewhere on earth it is already tomorrow. */
const EARLIEST_MORNING_MILLISECONDS = 14 * 60 * 60 * 1000;

/** Reads a day that exists, from 1900 on; whether it has come yet is asked by `hasCome`. */
export function parseBirthDate(text: string): Result<BirthDate, InvalidBirthDate> {
  const isDay = text.length === 10 && parseInstant(`${text}T00:00:00Z`).isOk();
  if (!isDay) return err({ code: 'identity.invalid_birth_date', reason: 'malformed' });
  return text.slice(0, 4) < FIRST_YEAR
    ? err({ code: 'identity.invalid_birth_date', reason: 'too_early' })
    : ok(text as BirthDate);
}

/** Whether it is that day already, anywhere. */
export function hasCome(day: BirthDate, now: Instant): boolean {
  const latest = formatInstant((now + EARLIEST_MORNING_MILLISECONDS) as Instant);
  return day <= latest.slice(0, 10);
}
