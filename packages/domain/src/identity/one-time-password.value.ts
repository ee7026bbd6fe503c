import type { Instant } from '../core/instant.value.ts';

/** What a time-based one-time password (RFC 6238) is made of here: what every authenticator app can do. */
export const ONE_TIME_PASSWORD = { digits: 6, stepSeconds: 30, algorithm: 'SHA1' } as const;

/** Steps on each side of the present one: clocks differ, and typing takes time (RFC 6238, 5.2). */
const STEPS_ASIDE = 1;

/** Six digits that an authenticator app shows. */
export type OneTimePassword = string & { readonly __brand: 'OneTimePassword' };

/** The secret that shop and app share, encrypted: the form in which it is kept. */
export type SealedSecret = string & { readonly __brand: 'SealedSecret' };

/** How many periods have begun since 1970, the present one not counted. */
export function stepAt(at: Instant): number {
  return Math.floor(at / 1000 / ONE_TIME_PASSWORD.stepSeconds);
}

/** The steps whose passwords are good at that time, the earliest first; one that was used, and those before it, are not. */
export function openSteps(at: Instant, lastUsedStep: number | null): readonly number[] {
  const present = stepAt(at);
  const steps = Array.from(
    { length: 2 * STEPS_ASIDE + 1 },
    (_, index) => present - STEPS_ASIDE + index,
  );
  return steps.filter((step) => step >= 0 && (lastUsedStep === null || step > lastUsedStep));
}

/** What an app reads from a picture of it: the secret, and whose it is (the Key URI format of Google Authenticator). */
export function authenticatorUri(enrolment: {
  readonly issuer: string;
  readonly account: string;
  /** In base32, without padding. */
  readonly secret: string;
}): string {
  const issuer = encodeURIComponent(enrolment.issuer);
  const { digits, stepSeconds, algorithm } = ONE_TIME_PASSWORD;
  return (
    `otpauth://totp/${issuer}:${encodeURIComponent(enrolment.account)}` +
    `?secret=${enrolment.secret}&issuer=${issuer}` +
    `&algorithm=${algorithm}&digits=${digits}&period=${stepSeconds}`
  );
}
