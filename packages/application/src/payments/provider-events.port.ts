import type { ResultAsync } from 'neverthrow';

import type { Instant, PaymentId } from '@kastoma/domain/core';
import type { PaymentMethod } from '@kastoma/domain/payments';

/** Which events of providers have had their effect; noted in the transaction of the effect. */
export interface ProviderEvents {
  /** Whether it is the first time that this event comes. */
  take(
    event: { readonly provider: PaymentMethod; readonly id: string; readonly paymentId: PaymentId },
    at: Instant,
  ): ResultAsync<boolean, never>;
}

/** Outside of transactions. */
export interface ProviderEventRetention {
  /** Forgets what came before then: no provider repeats itself for that long. */
  forgetBefore(then: Instant): Promise<number>;
}
