import { err, ok, type Result } from 'neverthrow';

import type { OrderId, PaymentId, PaymentOperationId, RefundId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { CurrencyMismatch, Money } from '../core/money.value.ts';
import { answeredBy, establishedBy } from './known-money.ts';
import { moneyToGiveBack, type MoneyToGiveBack } from './money-to-give-back.ts';
import { isSame, joined, nothingMoved, type MovedMoney } from './moved-money.value.ts';
import { movements, toEvents, type Happening } from './payment-happenings.ts';
import {
  capturableOf,
  isOwed,
  mayAuthorize,
  mayVoid,
  refundableOf,
  within,
} from './payment-limits.ts';
import {
  isOpen,
  type OperationAnswer,
  type OperationKind,
  type PaymentOperation,
} from './payment-operation.ts';
import { statusOf, type PaymentStatus } from './payment-status.value.ts';
import type {
  AmountNotPositive,
  AmountTooLarge,
  OperationNotFound,
  PaymentStepNotPossible,
} from './payment.errors.ts';
import type { PaymentsEvent } from './payment.events.ts';
import type { PaymentMethod, PaymentState } from './payment.state.ts';

/** What a provider says of a payment: its own name for it, and what has moved in all. */
export type ProviderReport = { readonly reference: string; readonly moved: MovedMoney };

type AmountRefused = PaymentStepNotPossible | AmountTooLarge | AmountNotPositive | CurrencyMismatch;

/** Money that an order is to bring. */
export class Payment {
  readonly state: PaymentState;
  /** After the last change; each change is one version, whatever it told of. */
  readonly version: number;
  /** What is stored; 0 where nothing is. */
  readonly storedVersion: number;
  /** Not saved yet. */
  readonly pending: readonly PaymentsEvent[];

  private constructor(
    state: PaymentState,
    versions: { readonly version: number; readonly storedVersion: number },
    pending: readonly PaymentsEvent[],
  ) {
    this.state = Object.freeze(state);
    this.version = versions.version;
    this.storedVersion = versions.storedVersion;
    this.pending = pending;
    Object.freeze(this);
  }

  static request(input: {
    id: PaymentId;
    orderId: OrderId;
    method: PaymentMethod;
    amount: Money;
    at: Instant;
  }): Payment {
    const { id, orderId, method, amount, at } = input;
    const state: PaymentState = {
      id,
      orderId,
      method,
      amount,
      reference: null,
      moved: nothingMoved(amount.currency),
      operations: [],
      abandonedAt: null,
      createdAt: at,
    };
    const requested = {
      type: 'payments.payment_requested' as const,
      payload: { method, amount: amount.toJSON() },
    };
    return Payment.restore(state, 0).#next(state, [requested], at);
  }

  /** For persistence only. */
  static restore(state: PaymentState, version: number): Payment {
    return new Payment(state, { version, storedVersion: version }, []);
  }

  get status(): PaymentStatus {
    return statusOf(this.state);
  }

  /** What may still be captured. */
  get capturable(): Money {
    return capturableOf(this.state);
  }

  /** What may still be paid back. */
  get refundable(): Money {
    return refundableOf(this.state);
  }

  /** What an abandoned payment still holds of somebody's money; null where that is nothing. */
  get toGiveBack(): MoneyToGiveBack | null {
    return moneyToGiveBack(this.state);
  }

  /** Asks for the whole amount to be promised, by what the token names where there is one. */
  authorize(
    id: PaymentOperationId,
    token: string | null,
    at: Instant,
  ): Result<Payment, PaymentStepNotPossible> {
    return mayAuthorize(this.state)
      ? ok(this.#ask('authorize', id, this.state.amount, at, { token }))
      : err(this.#impossible('authorize'));
  }

  /** Asks for money that was promised; all that is left of it, unless an amount is given. */
  capture(
    id: PaymentOperationId,
    amount: Money | null,
    at: Instant,
  ): Result<Payment, AmountRefused> {
    const most = this.capturable;
    if (most.minorUnits === 0n) return err(this.#impossible('capture'));
    return within(amount ?? most, most, 'capture').map((asked) =>
      this.#ask('capture', id, asked, at),
    );
  }

  /** Asks for what was promised to be let go, before any of it came in. */
  void(id: PaymentOperationId, at: Instant): Result<Payment, PaymentStepNotPossible> {
    return mayVoid(this.state)
      ? ok(this.#ask('void', id, this.state.amount, at))
      : err(this.#impossible('void'));
  }

  /** Asks for money to go back; what others are asking for already is not there any more. */
  refund(
    id: PaymentOperationId,
    amount: Money,
    at: Instant,
    refundId: RefundId | null = null,
  ): Result<Payment, AmountRefused> {
    if (this.state.moved.captured.minorUnits === 0n) return err(this.#impossible('refund'));
    return within(amount, this.refundable, 'refund').map((asked) =>
      this.#ask('refund', id, asked, at, { refundId }),
    );
  }

  /**
   * Writes down what the provider said to one operation. Said twice it changes nothing; a success that comes
   * after a refusal counts, since then money has moved.
   */
  settle(
    id: PaymentOperationId,
    answer: OperationAnswer,
    at: Instant,
  ): Result<Payment, OperationNotFound> {
    const operation = this.state.operations.find((candidate) => candidate.id === id);
    if (operation === undefined) return err({ code: 'payments.operation_not_found' });
    const isNews =
      isOpen(operation) || (operation.outcome.name === 'declined' && answer.name === 'succeeded');
    if (!isNews) return ok(this);
    const operations = this.state.operations.map((other) =>
      other.id === id ? { ...other, token: null, outcome: { ...answer, at } } : other,
    );
    const settled = { ...this.state, operations };
    const told = answer.name === 'declined' ? [declined(operation, answer.reason)] : [];
    return ok(this.#knowing(establishedBy(settled), settled, told, at));
  }

  /** Asks anew, under a key of its own, for what a provider has refused. */
  askAgain(
    refusedId: PaymentOperationId,
    id: PaymentOperationId,
    at: Instant,
  ): Result<Payment, OperationNotFound | AmountRefused> {
    const refused = this.state.operations.find((candidate) => candidate.id === refusedId);
    if (refused === undefined) return err({ code: 'payments.operation_not_found' });
    const { kind, amount, refundId } = refused;
    if (!isOwed(this.state, refused)) return err(this.#impossible(kind));
    switch (kind) {
      case 'capture':
        return this.capture(id, amount, at);
      case 'void':
        return this.void(id, at);
      case 'refund':
        return this.refund(id, amount, at, refundId);
      case 'authorize':
        return err(this.#impossible(kind));
    }
  }

  /**
   * Writes down what somebody has found out, or done in another way: what became of an open operation, or that a refused
   * refund has been paid out after all.
   */
  settleByHand(
    id: PaymentOperationId,
    outcome: 'succeeded' | 'declined',
    at: Instant,
  ): Result<Payment, OperationNotFound | AmountRefused> {
    const operation = this.state.operations.find((candidate) => candidate.id === id);
    if (operation === undefined) return err({ code: 'payments.operation_not_found' });
    const { kind, amount } = operation;
    const isMakingUp =
      outcome === 'succeeded' && kind === 'refund' && isOwed(this.state, operation);
    if (!isOpen(operation) && !isMakingUp) return err(this.#impossible(kind));
    const allowed = isMakingUp ? within(amount, this.refundable, kind) : ok(amount);
    const answer: OperationAnswer =
      outcome === 'succeeded' ? { name: outcome } : { name: outcome, reason: 'by_hand' };
    const told: Happening = {
      type: 'payments.operation_settled_by_hand',
      payload: { operationId: id, operation: kind, amount: amount.toJSON(), outcome },
    };
    return allowed.andThen(() => this.#next(this.state, [told], at).settle(id, answer, at));
  }

  /** Takes in what the provider says has moved, at whatever time and however often it says so. */
  learn({ reference, moved }: ProviderReport, at: Instant): Result<Payment, CurrencyMismatch> {
    return joined(this.state.moved, moved).map((known) =>
      isSame(known, this.state.moved) && this.state.reference !== null
        ? this
        : this.#knowing(
            known,
            { ...this.state, reference: this.state.reference ?? reference },
            [],
            at,
          ),
    );
  }

  /** The order cannot be kept. Said twice it changes nothing. */
  abandon(at: Instant): Payment {
    return this.state.abandonedAt === null
      ? this.#next(
          { ...this.state, abandonedAt: at },
          [{ type: 'payments.payment_abandoned', payload: {} }],
          at,
        )
      : this;
  }

  #impossible(operation: OperationKind): PaymentStepNotPossible {
    return { code: 'payments.step_not_possible', operation, status: this.status };
  }

  #ask(
    kind: OperationKind,
    id: PaymentOperationId,
    amount: Money,
    at: Instant,
    about: Partial<Pick<PaymentOperation, 'token' | 'refundId'>> = {},
  ): Payment {
    const operation: PaymentOperation = {
      id,
      kind,
      amount,
      token: null,
      refundId: null,
      ...about,
      outcome: { name: 'open' },
      requestedAt: at,
    };
    const requested = {
      type: 'payments.operation_requested' as const,
      payload: { operationId: id, operation: kind, amount: amount.toJSON() },
    };
    const operations = [...this.state.operations, operation];
    return this.#next({ ...this.state, operations }, [requested], at);
  }

  #knowing(
    moved: MovedMoney,
    state: PaymentState,
    told: readonly Happening[],
    at: Instant,
  ): Payment {
    const operations = answeredBy(moved, state.operations, at);
    const happenings = [...told, ...movements(this.state.moved, moved)];
    return this.#next({ ...state, moved, operations }, happenings, at);
  }

  #next(state: PaymentState, happenings: readonly Happening[], at: Instant): Payment {
    const { storedVersion, pending } = this;
    const version = this.version + 1;
    const events = toEvents(happenings, state, version, at);
    return new Payment(state, { version, storedVersion }, [...pending, ...events]);
  }
}

function declined({ id, kind }: PaymentOperation, reason: string): Happening {
  return {
    type: 'payments.operation_declined',
    payload: { operationId: id, operation: kind, reason },
  };
}
