import type { Instant } from '@kastoma/domain/core';

import type { ErasureRules } from './personal-data.port.ts';

export type PrivacyPolicy = {
  /** So many years orders keep name and address of somebody who was erased; an open order keeps them anyway. */
  readonly yearsOfOrderAddresses: number;
};

export function erasureRules({ yearsOfOrderAddresses }: PrivacyPolicy, now: Instant): ErasureRules {
  const day = new Date(now);
  day.setUTCFullYear(day.getUTCFullYear() - yearsOfOrderAddresses);
  return { ordersPlacedBefore: day.getTime() as Instant };
}
