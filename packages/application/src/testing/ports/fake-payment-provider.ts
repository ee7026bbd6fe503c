import { err, ok, type Result } from 'neverthrow';

import type { Money, PaymentId } from '@kastoma/domain/core';
import type { PaymentMethod, ProviderReport } from '@kastoma/domain/payments';
import { nothingMoved } from '@kastoma/domain/payments';

import type {
  EventMalformed,
  EventNotSigned,
  PaymentProvider,
  ProviderAnswer,
  ProviderEvent,
  ProviderRequest,
} from '../../payments/payment-provider.port.ts';

type Asked = { readonly call: keyof PaymentProvider; readonly request: ProviderRequest };
type Said = Exclude<ProviderAnswer, { readonly name: 'unknown' }>;

/**
 * A provider that does what it is asked, once a key, and remembers it: what became of the money is its `account`,
 * whatever the shop has heard of it. What comes over `deliver` comes as its event.
 */
export class FakePaymentProvider implements PaymentProvider {
  readonly method: PaymentMethod;
  readonly asked: Asked[] = [];
  /** Of the next call: `lost` is done and not answered, `never_asked` is neither, anything else is said. */
  next: 'lost' | 'never_asked' | Said | Error | null = null;
  readonly #answers = new Map<string, Said>();
  readonly #accounts = new Map<PaymentId, ProviderReport>();
  #deliverable: ProviderEvent | null = null;

  constructor(method: PaymentMethod = 'test') {
    this.method = method;
  }

  authorize(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#once('authorize', request, (account) => ({
      ...account,
      authorized: request.amount,
    }));
  }

  capture(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#once('capture', request, (account) => ({
      ...account,
      captured: plus(account.captured, request.amount),
    }));
  }

  void(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#once('void', request, (account) => ({ ...account, isReleased: true }));
  }

  refund(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#once('refund', request, (account) => ({
      ...account,
      refunded: plus(account.refunded, request.amount),
    }));
  }

  async find(request: ProviderRequest): Promise<ProviderAnswer> {
    this.asked.push({ call: 'find', request });
    const report = this.account(request);
    return report.moved.authorized.minorUnits > 0n
      ? { name: 'succeeded', report }
      : { name: 'under_way', report, clientSecret: 'secret' };
  }

  /** What has become of the money of a payment. */
  account({ paymentId, amount }: Pick<ProviderRequest, 'paymentId' | 'amount'>): ProviderReport {
    const reference = `fake_${paymentId}`;
    return this.#accounts.get(paymentId) ?? { reference, moved: nothingMoved(amount.currency) };
  }

  /** Puts the customer's promise there, who told the provider and not the shop. */
  promise(request: Pick<ProviderRequest, 'paymentId' | 'amount'>): ProviderReport {
    const { reference, moved } = this.account(request);
    const account = { reference, moved: { ...moved, authorized: request.amount } };
    this.#accounts.set(request.paymentId, account);
    return account;
  }

  /** What the next message under the provider's name says. */
  delivers(event: ProviderEvent): void {
    this.#deliverable = event;
  }

  parseWebhook(
    body: Uint8Array,
    header: (name: string) => string | null,
  ): Result<ProviderEvent | null, EventNotSigned | EventMalformed> {
    if (header('signature') !== 'good') return err({ code: 'payments.event_not_signed' });
    return body.length === 0 ? ok(null) : ok(this.#deliverable);
  }

  async #once(
    call: keyof PaymentProvider,
    request: ProviderRequest,
    move: (account: ProviderReport['moved']) => ProviderReport['moved'],
  ): Promise<ProviderAnswer> {
    this.asked.push({ call, request });
    const { next } = this;
    this.next = null;
    if (next instanceof Error) throw next;
    if (next === 'never_asked') return { name: 'unknown', reason: 'network' };
    const known = this.#answers.get(request.operationId);
    const answer = known ?? (next === 'lost' || next === null ? this.#do(request, move) : next);
    this.#answers.set(request.operationId, answer);
    return next === 'lost' ? { name: 'unknown', reason: 'network' } : answer;
  }

  #do(
    request: ProviderRequest,
    move: (account: ProviderReport['moved']) => ProviderReport['moved'],
  ): Said {
    const { reference, moved } = this.account(request);
    const report = { reference, moved: move(moved) };
    this.#accounts.set(request.paymentId, report);
    return { name: 'succeeded', report };
  }
}

function plus(one: Money, other: Money): Money {
  return one.plus(other)._unsafeUnwrap();
}
