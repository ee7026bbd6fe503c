import { StripeProvider } from '@kastoma/adapters-payments';
import type { PaymentDeadline } from '@kastoma/application/ordering';
import type { PaymentProvider } from '@kastoma/application/payments';
import type { PaymentMethod } from '@kastoma/domain/payments';

import type { Environment } from '../config/environment.ts';

/** How the shop is paid: what customers may choose from, and who moves money outside. */
export type OpenedPayments = {
  readonly methods: readonly PaymentMethod[];
  readonly hasTestGateway: boolean;
  readonly deadline: PaymentDeadline;
  /** Null where there is none. */
  readonly stripe: PaymentProvider | null;
};

export function openPayments({
  payments: { stripe, ...settings },
}: Pick<Environment, 'payments'>): OpenedPayments {
  return { ...settings, stripe: stripe === null ? null : new StripeProvider(stripe) };
}
