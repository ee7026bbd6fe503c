import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { PaymentRepository } from './payment-repository.port.ts';
import type { ProviderEvents } from './provider-events.port.ts';

export type PaymentsTx = {
  readonly payments: PaymentRepository;
  readonly events: ProviderEvents;
};

export type PaymentsUnitOfWork = UnitOfWork<PaymentsTx>;
