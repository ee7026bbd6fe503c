import type { Result } from 'neverthrow';

import type { Clock } from '@kastoma/application/core';
import type {
  EventMalformed,
  EventNotSigned,
  PaymentProvider,
  ProviderAnswer,
  ProviderEvent,
  ProviderRequest,
  TestGatewayAccount,
  TestGatewayLedger,
  TestGatewayOutcome,
} from '@kastoma/application/payments';
import { defect, Money, type Currency, type Instant } from '@kastoma/domain/core';
import type { ProviderReport } from '@kastoma/domain/payments';

import { behaviourOf } from './test-gateway.behaviour.ts';
import { readTestEvent } from './test-gateway.events.ts';

const DECIDED_AFTER_MILLISECONDS = 2_000;
const LOST: ProviderAnswer = { name: 'unknown', reason: 'network_lost' };

/**
 * A gateway inside the process that moves no money and does as its token says: it promises, declines, takes its time,
 * or loses an answer after the money was promised. What it did it remembers outside of the shop's transactions.
 */
export class TestGateway implements PaymentProvider {
  readonly method = 'test';
  readonly #ledger: TestGatewayLedger;
  readonly #clock: Clock;

  constructor(ledger: TestGatewayLedger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async authorize(request: ProviderRequest): Promise<ProviderAnswer> {
    const { minorUnits, currency } = request.amount;
    const behaviour = behaviourOf(request.token, minorUnits);
    if (behaviour === null) return { name: 'declined', reason: 'unknown_token', report: null };
    if (behaviour === 'tok_unreachable' && !request.isRepeated) return LOST;
    const opened: TestGatewayAccount = {
      currency,
      authorized: 0n,
      captured: 0n,
      refunded: 0n,
      isReleased: false,
      behaviour,
      undecided: null,
    };
    return this.#once('tok_lost', request, () => {
      if (behaviour === 'tok_declined') return declined(opened, 'card_declined');
      if (behaviour === 'tok_insufficient_funds') return declined(opened, 'insufficient_funds');
      if (!behaviour.startsWith('tok_delayed'))
        return succeeded({ ...opened, authorized: minorUnits });
      const decidedAt = (this.#clock.now() + DECIDED_AFTER_MILLISECONDS) as Instant;
      const undecided = { amount: minorUnits, decidedAt };
      return { account: { ...opened, undecided }, answer: { name: 'under_way' } };
    });
  }

  capture(request: ProviderRequest): Promise<ProviderAnswer> {
    const { minorUnits } = request.amount;
    return this.#once('tok_capture_lost', request, (account) => {
      if (account.behaviour === 'tok_capture_declined') return declined(account, 'expired');
      const captured = account.captured + minorUnits;
      return account.isReleased || captured > account.authorized
        ? declined(account, 'not_authorized')
        : succeeded({ ...account, captured });
    });
  }

  void(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.#once('tok_void_lost', request, (account) =>
      account.captured > 0n
        ? declined(account, 'captured')
        : succeeded({ ...account, isReleased: true, undecided: null }),
    );
  }

  refund(request: ProviderRequest): Promise<ProviderAnswer> {
    const { minorUnits } = request.amount;
    return this.#once('tok_refund_lost', request, (account) => {
      if (account.behaviour === 'tok_refund_declined') return declined(account, 'account_closed');
      const refunded = account.refunded + minorUnits;
      return refunded > account.captured
        ? declined(account, 'not_captured')
        : succeeded({ ...account, refunded });
    });
  }

  async find(request: ProviderRequest): Promise<ProviderAnswer> {
    const account = await this.#ledger.find(referenceOf(request));
    if (account === null) return { name: 'unknown', reason: 'not_found' };
    const { undecided } = account;
    if (undecided === null) return toAnswer(request, outcomeOf(account));
    return undecided.decidedAt > this.#clock.now()
      ? toAnswer(request, { account, answer: { name: 'under_way' } })
      : this.#decide(request);
  }

  parseWebhook(
    body: Uint8Array,
    header: (name: string) => string | null,
  ): Result<ProviderEvent, EventNotSigned | EventMalformed> {
    return readTestEvent(body, header, this.#clock.now());
  }

  async #decide(request: ProviderRequest): Promise<ProviderAnswer> {
    const key = `decision of ${referenceOf(request)}`;
    const decided = await this.#ledger.once(referenceOf(request), key, (account) => {
      const known = account ?? closed(request);
      const amount = known.undecided?.amount ?? 0n;
      const decision = { ...known, undecided: null };
      return known.behaviour === 'tok_delayed_declined'
        ? declined(decision, 'card_declined')
        : succeeded({ ...decision, authorized: known.authorized + amount });
    });
    return toAnswer(request, decided);
  }

  /** What is done under a key is done once; some tokens lose the first answer to it. */
  async #once(
    losing: string,
    request: ProviderRequest,
    work: (account: TestGatewayAccount) => TestGatewayOutcome,
  ): Promise<ProviderAnswer> {
    const done = await this.#ledger.once(referenceOf(request), request.operationId, (account) =>
      work(account ?? closed(request)),
    );
    const isLost = done.account.behaviour === losing && !done.isRepeated;
    return isLost ? LOST : toAnswer(request, done);
  }
}

function referenceOf({ paymentId }: ProviderRequest): string {
  return `test_${paymentId}`;
}

/** Of a payment that nobody promised anything for. */
function closed({ amount }: ProviderRequest): TestGatewayAccount {
  return {
    currency: amount.currency,
    authorized: 0n,
    captured: 0n,
    refunded: 0n,
    isReleased: false,
    behaviour: 'tok_success',
    undecided: null,
  };
}

function succeeded(account: TestGatewayAccount): TestGatewayOutcome {
  return { account, answer: { name: 'succeeded' } };
}

function declined(account: TestGatewayAccount, reason: string): TestGatewayOutcome {
  return { account, answer: { name: 'declined', reason } };
}

/** How a promise stands that was decided. */
function outcomeOf(account: TestGatewayAccount): TestGatewayOutcome {
  if (account.isReleased) return declined(account, 'released');
  return account.authorized > 0n ? succeeded(account) : declined(account, 'card_declined');
}

function toAnswer(
  request: ProviderRequest,
  { account, answer }: TestGatewayOutcome,
): ProviderAnswer {
  const report = toReport(request, account);
  return answer.name === 'under_way'
    ? { name: 'under_way', report, clientSecret: null }
    : ({ ...answer, report } as ProviderAnswer);
}

function toReport(request: ProviderRequest, account: TestGatewayAccount): ProviderReport {
  const money = (minorUnits: bigint) =>
    Money.of(minorUnits, account.currency as Currency).match(
      (amount) => amount,
      () => defect('The gateway for tests tells of more money than there is.'),
    );
  return {
    reference: referenceOf(request),
    moved: {
      authorized: money(account.authorized),
      captured: money(account.captured),
      refunded: money(account.refunded),
      isReleased: account.isReleased,
    },
  };
}
