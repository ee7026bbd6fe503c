/** An error as Stripe writes it, with its status. */
export type Refused = {
  readonly status: number;
  readonly error: Readonly<Record<string, unknown>>;
};

type Intent = {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly client_secret: string;
  status: string;
  amount_received: number;
  amount_capturable: number;
  last_payment_error: Readonly<Record<string, unknown>> | null;
  latest_charge: string | null;
};

type Refund = {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent: string;
  readonly metadata: Readonly<Record<string, string>>;
  status: string;
  failure_reason?: string;
};

const DECLINED = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

/** One merchant's intents and refunds. Cards are named as Stripe names those for tests. */
export class StripeAccount {
  readonly intents = new Map<string, Intent>();
  readonly refunds = new Map<string, Refund>();
  /** How refunds come out. */
  refundStatus = 'succeeded';
  #made = 0;

  create(form: URLSearchParams): object | Refused {
    const card = form.get('payment_method');
    const id = this.#next('pi');
    const intent: Intent = {
      id,
      object: 'payment_intent',
      amount: Number(form.get('amount')),
      currency: form.get('currency') ?? '',
      metadata: metadataOf(form),
      client_secret: `${id}_secret`,
      status: 'requires_payment_method',
      amount_received: 0,
      amount_capturable: 0,
      last_payment_error: null,
      latest_charge: null,
    };
    this.intents.set(id, intent);
    if (card === 'pm_card_authenticationRequired') intent.status = 'requires_action';
    else if (card === 'pm_card_chargeDeclined') {
      intent.last_payment_error = DECLINED;
      return { status: 402, error: { ...DECLINED, payment_intent: intent } };
    } else if (card !== null) this.confirm(id);
    return { ...intent };
  }

  /** The customer has paid in the browser. */
  confirm(id: string): Intent {
    const intent = this.#intent(id);
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    intent.latest_charge = this.#next('ch');
    return intent;
  }

  find(id: string, isExpanded: boolean): object | Refused {
    const intent = this.intents.get(id);
    if (intent === undefined) return missing(id);
    const charge = this.chargeOf(intent);
    return { ...intent, latest_charge: isExpanded ? charge : (charge?.id ?? null) };
  }

  capture(id: string, form: URLSearchParams): object | Refused {
    const intent = this.intents.get(id);
    if (intent?.status !== 'requires_capture') return unexpectedState(intent);
    intent.amount_received = Number(form.get('amount_to_capture') ?? intent.amount);
    intent.amount_capturable = 0;
    intent.status = 'succeeded';
    return { ...intent };
  }

  cancel(id: string): object | Refused {
    const intent = this.intents.get(id);
    if (intent === undefined || intent.status === 'succeeded' || intent.status === 'canceled')
      return unexpectedState(intent);
    intent.status = 'canceled';
    intent.amount_capturable = 0;
    return { ...intent };
  }

  refund(form: URLSearchParams): object | Refused {
    const intent = this.#intent(form.get('payment_intent') ?? '');
    const amount = Number(form.get('amount'));
    if (this.#refunded(intent.id) + amount > intent.amount_received)
      return invalid('', 'Refund amount is greater than unrefunded amount on charge.');
    const refund: Refund = {
      id: this.#next('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      payment_intent: intent.id,
      metadata: metadataOf(form),
      status: this.refundStatus,
    };
    this.refunds.set(refund.id, refund);
    return { ...refund, charge: this.chargeOf(intent) };
  }

  refundsOf(intentId: string): object {
    const data = [...this.refunds.values()]
      .filter(({ payment_intent: id }) => id === intentId)
      .map((refund) => ({ ...refund, charge: this.chargeOf(this.#intent(intentId)) }));
    return { object: 'list', data, has_more: false, url: '/v1/refunds' };
  }

  /** The charge behind an intent, with what went back of it. */
  chargeOf({ id, ...intent }: Intent) {
    if (intent.latest_charge === null) return null;
    return {
      id: intent.latest_charge,
      object: 'charge',
      payment_intent: id,
      amount: intent.amount,
      amount_captured: intent.amount_received,
      amount_refunded: this.#refunded(id),
      captured: intent.amount_received > 0,
      paid: true,
      currency: intent.currency,
      metadata: intent.metadata,
    };
  }

  #refunded(intentId: string): number {
    return [...this.refunds.values()]
      .filter(({ payment_intent: id, status }) => id === intentId && status !== 'failed')
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  #intent(id: string): Intent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw new Error(`There is no intent ${id}.`);
    return intent;
  }

  #next(kind: string): string {
    this.#made += 1;
    return `${kind}_${this.#made}`;
  }
}

function metadataOf(form: URLSearchParams): Readonly<Record<string, string>> {
  const entries = [...form].flatMap(([name, value]) => {
    const [, key] = /^metadata\[(\w+)\]$/.exec(name) ?? [];
    return key === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function unexpectedState(intent: Intent | undefined): Refused {
  return intent === undefined
    ? missing('')
    : invalid('payment_intent_unexpected_state', `It has the status ${intent.status}.`);
}

function missing(id: string): Refused {
  return { ...invalid('resource_missing', `No such payment_intent: ${id}`), status: 404 };
}

function invalid(code: string, message: string): Refused {
  const named = code === '' ? {} : { code };
  return { status: 400, error: { type: 'invalid_request_error', ...named, message } };
}
