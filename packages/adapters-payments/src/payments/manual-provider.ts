import { err, type Result } from 'neverthrow';

import type {
  EventNotSigned,
  PaymentProvider,
  ProviderAnswer,
} from '@kastoma/application/payments';

const DONE: ProviderAnswer = { name: 'succeeded', report: null };

/** Money in hand: cash on delivery, or a bank transfer that somebody has seen. What staff say has happened. */
export class ManualProvider implements PaymentProvider {
  readonly method = 'manual';

  async authorize(): Promise<ProviderAnswer> {
    return DONE;
  }

  async capture(): Promise<ProviderAnswer> {
    return DONE;
  }

  async void(): Promise<ProviderAnswer> {
    return DONE;
  }

  async refund(): Promise<ProviderAnswer> {
    return DONE;
  }

  async find(): Promise<ProviderAnswer> {
    return DONE;
  }

  /** Money in hand tells nothing by itself. */
  parseWebhook(): Result<never, EventNotSigned> {
    return err({ code: 'payments.event_not_signed' });
  }
}
