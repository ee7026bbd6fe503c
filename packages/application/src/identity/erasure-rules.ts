import type { Instant } from '@kastoma/domain/core';

import type { ErasureRules } from './personal-data.port.ts';

export type PrivacyPolicy = {
  /** So many years orders keep name and address of somebody who was erased; an open order keeps them anyway. */
  readonly yearsOfOrderAddresses: number;
};

export function erasureRules({ yearsOfOrderAddresses }: PrivacyPolicy, now: Instant): ErasureRules {
  return { ordersPlacedBefore: yearsBefore(now, yearsOfOrderAddresses) };
}

/** Guests erase nothing themselves: so many years after it was placed an order that is over forgets them. */
const LEAST_YEARS_OF_GUESTS = 2;

export function guestOrdersToForget(
  { yearsOfOrderAddresses }: PrivacyPolicy,
  now: Instant,
): Instant {
  return yearsBefore(now, Math.max(LEAST_YEARS_OF_GUESTS, yearsOfOrderAddresses));
}

function yearsBefore(now: Instant, years: number): Instant {
  const day = new Date(now);
  day.setUTCFullYear(day.getUTCFullYear() - years);
  return day.getTime() as Instant;
}
