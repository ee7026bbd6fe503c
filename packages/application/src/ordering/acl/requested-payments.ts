import { err, ok, safeTry, type Result } from 'neverthrow';

import type { Instant, OrderId, PaymentId, PaymentOperationId } from '@kastoma/domain/core';
import type { PaymentMethodNotOffered } from '@kastoma/domain/ordering';
import { Payment, type PaymentMethod, type PaymentStatus } from '@kastoma/domain/payments';

import type { IdGenerator } from '../../core/id-generator.port.ts';
import type { PaymentRepository } from '../../payments/payment-repository.port.ts';
import type {
  OrderPayments,
  PaymentNotNeeded,
  PaymentStanding,
  PaymentUnderWay,
  TooManyPayments,
  PaymentWish,
  RequestedPayment,
} from '../order-payments.port.ts';
import { presentPayment } from './presented-payment.ts';

/** An order's money, as the payments context knows it. */
export class RequestedPayments implements OrderPayments {
  readonly #payments: PaymentRepository;
  readonly #ids: IdGenerator;
  readonly #offered: readonly PaymentMethod[];

  constructor(payments: PaymentRepository, ids: IdGenerator, offered: readonly PaymentMethod[]) {
    this.#payments = payments;
    this.#ids = ids;
    this.#offered = offered;
  }

  request(wish: PaymentWish) {
    const [payments, asked] = [this.#payments, this.#ask(wish)];
    return safeTry(async function* () {
      const { payment, requested } = yield* asked;
      yield* payments.add(payment);
      return ok(requested);
    });
  }

  requestAgain(wish: PaymentWish) {
    const [payments, asked] = [this.#payments, this.#ask(wish)];
    return safeTry(async function* () {
      const { payment, requested } = yield* asked;
      const others = yield* payments.ofOrder(wish.orderId);
      yield* requireNoneInEffect(others);
      yield* requireAnotherTry(others);
      for (const other of others.filter(({ state }) => state.abandonedAt === null))
        yield* payments.save(other.abandon(wish.at));
      yield* payments.add(payment);
      return ok(requested);
    });
  }

  of(orderId: OrderId) {
    return this.#payments.ofOrder(orderId).map((payments) => payments.map(presentPayment));
  }

  standings(orderId: OrderId) {
    return this.#payments.ofOrder(orderId).map((payments) => payments.map(standingOf));
  }

  abandon(orderId: OrderId, at: Instant) {
    const payments = this.#payments;
    return safeTry(async function* () {
      const abandoned: Payment[] = [];
      for (const payment of yield* payments.ofOrder(orderId)) {
        const next = payment.abandon(at);
        if (next.version !== payment.version) yield* payments.save(next);
        abandoned.push(next);
      }
      return ok(abandoned.map(presentPayment));
    });
  }

  #ask({
    orderId,
    method,
    token,
    amount,
    at,
  }: PaymentWish): Result<
    { readonly payment: Payment; readonly requested: RequestedPayment },
    PaymentMethodNotOffered
  > {
    const offered = this.#offered.find((candidate) => candidate === method);
    if (offered === undefined)
      return err({
        code: 'ordering.payment_method_not_offered',
        method,
        methods: this.#offered,
      });
    const id = this.#ids.next<PaymentId>();
    const payment = Payment.request({ id, orderId, method: offered, amount, at });
    const operationId = this.#ids.next<PaymentOperationId>();
    // Money in hand is not promised first; neither is nothing at all.
    const asked = payment.authorize(operationId, token, at);
    return ok(
      asked.match(
        (promised) => ({
          payment: promised,
          requested: { payment: presentPayment(promised), operationId },
        }),
        () => ({ payment, requested: { payment: presentPayment(payment), operationId: null } }),
      ),
    );
  }
}

function standingOf({ state, status }: Payment): PaymentStanding {
  const { method, abandonedAt, createdAt } = state;
  return { method, status, isAbandoned: abandonedAt !== null, createdAt };
}

const MOST_PAYMENTS = 20;

function requireAnotherTry(payments: readonly Payment[]): Result<void, TooManyPayments> {
  return payments.length < MOST_PAYMENTS
    ? ok()
    : err({ code: 'ordering.too_many_payments', limit: MOST_PAYMENTS });
}

const OVER: readonly PaymentStatus[] = ['failed', 'voided'];

function requireNoneInEffect(
  payments: readonly Payment[],
): Result<void, PaymentNotNeeded | PaymentUnderWay> {
  const inEffect = payments.find((payment) => !OVER.includes(payment.status) && !isIdle(payment));
  if (inEffect === undefined) return ok();
  return inEffect.status === 'pending'
    ? err({ code: 'ordering.payment_under_way', paymentId: inEffect.state.id })
    : err({ code: 'ordering.payment_not_needed' });
}

/** Nobody was asked for anything: another way to pay may take its place. */
function isIdle({ status, state }: Payment): boolean {
  return status === 'pending' && state.operations.length === 0;
}
