import type { Role } from '@kastoma/domain/core';

/** The roles that work here and can do nothing else without a second factor; `staff` means administrators, too. */
export const SECOND_FACTOR_DUTIES = ['none', 'admin', 'staff'] as const;

export type SecondFactorPolicy = {
  readonly requiredOf: (typeof SECOND_FACTOR_DUTIES)[number];
  /** What authenticator apps call the shop. */
  readonly issuer: string;
};

export function isSecondFactorRequired({ requiredOf }: SecondFactorPolicy, role: Role): boolean {
  switch (requiredOf) {
    case 'none':
      return false;
    case 'admin':
      return role === 'admin';
    case 'staff':
      return role !== 'customer';
  }
}
