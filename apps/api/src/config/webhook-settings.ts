import { z } from 'zod';

import type { WebhookTargets } from '@kastoma/adapters-http';

export const webhookVariables = {
  KASTOMA_WEBHOOK_TARGETS: z.enum(['public', 'any']).optional().meta({
    description:
      'whom webhooks call: `public` addresses over https alone, or `any`, this machine and `http` included',
    fallback: '`any`',
    production: '`public`; `any` is refused',
  }),
};

type WebhookVariables = z.output<z.ZodObject<typeof webhookVariables>> & {
  readonly KASTOMA_ENV: string;
};

export function webhookTargetsOf(variables: WebhookVariables): WebhookTargets {
  const { KASTOMA_WEBHOOK_TARGETS: targets, KASTOMA_ENV: mode } = variables;
  return targets ?? (mode === 'production' ? 'public' : 'any');
}

/** Whoever may name an endpoint would reach all that the shop's machine can reach. */
export function webhookGapsOf(variables: WebhookVariables): readonly string[] {
  return variables.KASTOMA_ENV === 'production' && webhookTargetsOf(variables) === 'any'
    ? ['KASTOMA_WEBHOOK_TARGETS: production calls public addresses alone.']
    : [];
}
