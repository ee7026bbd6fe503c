import { StripeProvider } from '@kastoma/adapters-payments';
import type { PaymentProvider } from '@kastoma/application/payments';
import type { PaymentMethod } from '@kastoma/domain/payments';

import type { Environment } from '../config/environment.ts';
import { readSecret } from './given-secret.ts';

/** How the shop is paid: what customers may choose from, and who moves money outside. */
export type OpenedPayments = {
  readonly methods: readonly PaymentMethod[];
  readonly hasTestGateway: boolean;
  /** Null where there is none. */
  readonly stripe: PaymentProvider | null;
};

export async function openPayments({
  payments: { methods, hasTestGateway, stripe },
}: Pick<Environment, 'payments'>): Promise<OpenedPayments> {
  if (stripe === null) return { methods, hasTestGateway, stripe };
  const key = await readSecret(stripe.key, 'KASTOMA_STRIPE_KEY_FILE');
  const webhookSecret = await readSecret(
    stripe.webhookSecret,
    'KASTOMA_STRIPE_WEBHOOK_SECRET_FILE',
  );
  return { methods, hasTestGateway, stripe: new StripeProvider({ key, webhookSecret }) };
}
