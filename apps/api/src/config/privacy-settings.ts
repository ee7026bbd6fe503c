import { z } from 'zod';

import type { PrivacyPolicy } from '@kastoma/application/identity';

const MOST_YEARS = 30;

export const privacyVariables = {
  KASTOMA_ORDER_ADDRESS_YEARS: z
    .string()
    .regex(/^\d{1,2}$/, `a whole number from 0 to ${MOST_YEARS}`)
    .transform(Number)
    .refine((years) => years <= MOST_YEARS, `a whole number from 0 to ${MOST_YEARS}`)
    .default(0)
    .meta({ description: 'years that orders keep name and address of somebody who was erased' }),
};

type PrivacyVariables = z.output<z.ZodObject<typeof privacyVariables>>;

export function privacyPolicyOf(variables: PrivacyVariables): PrivacyPolicy {
  return { yearsOfOrderAddresses: variables.KASTOMA_ORDER_ADDRESS_YEARS };
}
