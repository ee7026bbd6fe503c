import { z } from 'zod';

import { PAYMENT_METHODS, type PaymentMethod } from '@kastoma/domain/payments';

import type { GivenSecret } from './media-settings.ts';

/** What it takes to be paid through Stripe. */
export type StripeSettings = { readonly key: GivenSecret; readonly webhookSecret: GivenSecret };

/** How the shop is paid. */
export type PaymentSettings = {
  /** What customers may choose from. */
  readonly methods: readonly PaymentMethod[];
  /** Whether there is a gateway that moves no money. */
  readonly hasTestGateway: boolean;
  readonly stripe: StripeSettings | null;
};

const secret = z.string().min(1).max(1_000).optional();

export const paymentVariables = {
  KASTOMA_PAYMENT_METHODS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(PAYMENT_METHODS, `names among ${PAYMENT_METHODS.join(', ')}`)).min(1))
    .optional(),
  KASTOMA_TEST_PAYMENTS: z.enum(['on', 'off']).optional(),
  KASTOMA_STRIPE_KEY: secret,
  KASTOMA_STRIPE_KEY_FILE: secret,
  KASTOMA_STRIPE_WEBHOOK_SECRET: secret,
  KASTOMA_STRIPE_WEBHOOK_SECRET_FILE: secret,
};

type PaymentVariables = z.output<z.ZodObject<typeof paymentVariables>> & {
  readonly KASTOMA_ENV: string;
};

export function paymentSettingsOf(variables: PaymentVariables): PaymentSettings {
  const key = given(variables, 'KASTOMA_STRIPE_KEY');
  const webhookSecret = given(variables, 'KASTOMA_STRIPE_WEBHOOK_SECRET');
  const stripe = key === null || webhookSecret === null ? null : { key, webhookSecret };
  const hasTestGateway =
    (variables.KASTOMA_TEST_PAYMENTS ?? 'off') === 'on' ||
    (variables.KASTOMA_TEST_PAYMENTS === undefined && variables.KASTOMA_ENV !== 'production');
  const known = { manual: true, test: hasTestGateway, stripe: stripe !== null };
  const methods =
    variables.KASTOMA_PAYMENT_METHODS ?? PAYMENT_METHODS.filter((method) => known[method]);
  return { methods: [...new Set(methods)], hasTestGateway, stripe };
}

/** What is missing or said twice: nobody is offered a way to pay that leads nowhere. */
export function paymentGapsOf(variables: PaymentVariables): readonly string[] {
  const { methods, hasTestGateway, stripe } = paymentSettingsOf(variables);
  const names = ['KASTOMA_STRIPE_KEY', 'KASTOMA_STRIPE_WEBHOOK_SECRET'] as const;
  const isGiven = names.map((name) => given(variables, name) !== null);
  return [
    ...names
      .filter((name) => variables[name] !== undefined && variables[`${name}_FILE`] !== undefined)
      .map((name) => `${name}: it is wanted as it is or as a file, and not both.`),
    ...(isGiven[0] === isGiven[1]
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

function given(
  variables: PaymentVariables,
  name: 'KASTOMA_STRIPE_KEY' | 'KASTOMA_STRIPE_WEBHOOK_SECRET',
): GivenSecret | null {
  const { [name]: text, [`${name}_FILE` as const]: file } = variables;
  if (text !== undefined) return { text };
  return file === undefined ? null : { file };
}
