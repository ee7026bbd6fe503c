import { z } from 'zod';

import type { PaymentDeadline } from '@kastoma/application/ordering';
import { PAYMENT_METHODS, type PaymentMethod } from '@kastoma/domain/payments';

/** What it takes to be paid through Stripe. */
export type StripeSettings = { readonly key: string; readonly webhookSecret: string };

/** How the shop is paid. */
export type PaymentSettings = {
  /** What customers may choose from. */
  readonly methods: readonly PaymentMethod[];
  /** Whether there is a gateway that moves no money. */
  readonly hasTestGateway: boolean;
  /** For how long an order waits for a provider's yes. */
  readonly deadline: PaymentDeadline;
  readonly stripe: StripeSettings | null;
};

/** Seven days: a provider's promise is seldom kept for longer. */
const LONGEST_MINUTES = 10_080;
const MINUTES_WANTED = `a number of minutes from 1 to ${LONGEST_MINUTES}`;
const MILLISECONDS_A_MINUTE = 60_000;

const secret = z.string().min(1).max(1_000).optional();

export const paymentVariables = {
  KASTOMA_PAYMENT_METHODS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(PAYMENT_METHODS, `names among ${PAYMENT_METHODS.join(', ')}`)).min(1))
    .optional()
    .meta({
      description: 'what customers may choose from among `manual`, `test` and `stripe`',
      fallback: 'all that there are',
    }),
  KASTOMA_TEST_PAYMENTS: z.enum(['on', 'off']).optional().meta({
    description: '`on` or `off`: a gateway that moves no money (ADR 26 lists its tokens)',
    fallback: '`on`',
    production: '`off`',
  }),
  KASTOMA_PAYMENT_MINUTES: z
    .string()
    .default('60')
    .refine((text) => /^\d{1,5}$/.test(text) && isDeadline(Number(text)), MINUTES_WANTED)
    .transform(Number)
    .meta({ description: 'for how long an order waits for a provider’s yes before it expires' }),
  KASTOMA_STRIPE_KEY: secret.meta({
    description: 'payments through Stripe, wanted with the next',
    secret: true,
  }),
  KASTOMA_STRIPE_WEBHOOK_SECRET: secret.meta({
    description: 'proves what Stripe tells',
    secret: true,
  }),
};

type PaymentVariables = z.output<z.ZodObject<typeof paymentVariables>> & {
  readonly KASTOMA_ENV: string;
};

export function paymentSettingsOf(variables: PaymentVariables): PaymentSettings {
  const { KASTOMA_STRIPE_KEY: key, KASTOMA_STRIPE_WEBHOOK_SECRET: webhookSecret } = variables;
  const stripe = key === undefined || webhookSecret === undefined ? null : { key, webhookSecret };
  const hasTestGateway =
    (variables.KASTOMA_TEST_PAYMENTS ?? 'off') === 'on' ||
    (variables.KASTOMA_TEST_PAYMENTS === undefined && variables.KASTOMA_ENV !== 'production');
  const known = { manual: true, test: hasTestGateway, stripe: stripe !== null };
  const methods =
    variables.KASTOMA_PAYMENT_METHODS ?? PAYMENT_METHODS.filter((method) => known[method]);
  const deadline = { milliseconds: variables.KASTOMA_PAYMENT_MINUTES * MILLISECONDS_A_MINUTE };
  return { methods: [...new Set(methods)], hasTestGateway, deadline, stripe };
}

function isDeadline(minutes: number): boolean {
  return minutes >= 1 && minutes <= LONGEST_MINUTES;
}

/** What is missing: nobody is offered a way to pay that leads nowhere. */
export function paymentGapsOf(variables: PaymentVariables): readonly string[] {
  const { methods, hasTestGateway, stripe } = paymentSettingsOf(variables);
  const { KASTOMA_STRIPE_KEY: key, KASTOMA_STRIPE_WEBHOOK_SECRET: webhookSecret } = variables;
  return [
    ...((key === undefined) === (webhookSecret === undefined)
      ? []
      : ['KASTOMA_STRIPE_KEY and KASTOMA_STRIPE_WEBHOOK_SECRET: both are wanted, or neither.']),
    ...(methods.includes('stripe') && stripe === null
      ? ['KASTOMA_PAYMENT_METHODS: stripe wants KASTOMA_STRIPE_KEY.']
      : []),
    ...(methods.includes('test') && !hasTestGateway
      ? [
          'KASTOMA_PAYMENT_METHODS: test moves no money; KASTOMA_TEST_PAYMENTS=on is wanted with it.',
        ]
      : []),
  ];
}
