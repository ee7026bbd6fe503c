import type { Result } from 'neverthrow';

import type { Money, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type { OperationAnswer, PaymentMethod, ProviderReport } from '@kastoma/domain/payments';

/** What every request to a provider says. */
export type ProviderRequest = {
  /** The key under which it is asked: asked again under it, the provider moves no money twice. */
  readonly operationId: PaymentOperationId;
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
  /** The provider's own name for the payment; null before it was asked for a promise, and where it has none. */
  readonly reference: string | null;
  /** What is paid with, by a name of the provider's; null where the customer tells the provider, or nobody does. */
  readonly token: string | null;
  /** Whether it may have been asked before: a provider that forgets keys looks first. */
  readonly isRepeated: boolean;
};

/** What came of a request. That nobody knows is an answer, too: the provider is asked again under the same key. */
export type ProviderAnswer =
  | (OperationAnswer & { readonly report: ProviderReport | null })
  /** Accepted, and not yet done: the provider tells later, or the customer is to do something first. */
  | {
      readonly name: 'under_way';
      readonly report: ProviderReport | null;
      /** What the customer's browser needs to go on with the provider. */
      readonly clientSecret: string | null;
    }
  /** The network was lost, or the provider was: whether money has moved is not known. */
  | { readonly name: 'unknown'; readonly reason: string };

/** Something that a provider tells by itself. */
export type ProviderEvent = {
  readonly id: string;
  /** The provider's name for the payment. */
  readonly reference: string;
  /** The shop's name for it, where the provider was told. */
  readonly paymentId: PaymentId | null;
  readonly report: ProviderReport | null;
  /** What became of an operation that the provider was asked for. */
  readonly settled: {
    readonly operationId: PaymentOperationId;
    readonly answer: OperationAnswer;
  } | null;
};

export type EventNotSigned = { readonly code: 'payments.event_not_signed' };
/** Signed, and yet nothing that can be understood. */
export type EventMalformed = { readonly code: 'payments.event_malformed' };

/**
 * Whoever moves money. Each call ends within a bounded time and never rejects for want of a network; no transaction
 * is held meanwhile.
 */
export interface PaymentProvider {
  readonly method: PaymentMethod;
  authorize(request: ProviderRequest): Promise<ProviderAnswer>;
  capture(request: ProviderRequest): Promise<ProviderAnswer>;
  void(request: ProviderRequest): Promise<ProviderAnswer>;
  refund(request: ProviderRequest): Promise<ProviderAnswer>;
  /** How a promise that was under way stands now; its request has a reference. */
  find(request: ProviderRequest): Promise<ProviderAnswer>;
  /** Reads what came under the provider's name, as the bytes that came; null for what is none of the shop's business. */
  parseWebhook(
    body: Uint8Array,
    header: (name: string) => string | null,
  ): Result<ProviderEvent | null, EventNotSigned | EventMalformed>;
}

/** The providers of the methods that the shop knows; a method may be known and not offered. */
export type PaymentProviders = ReadonlyMap<PaymentMethod, PaymentProvider>;
