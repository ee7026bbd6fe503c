import { z } from 'zod';

import { doorVariables } from './door-settings.ts';
import { mailVariables } from './mail-settings.ts';
import { mediaVariables } from './media-settings.ts';
import { paymentVariables } from './payment-settings.ts';
import { privacyVariables } from './privacy-settings.ts';
import { secondFactorVariables } from './second-factor-settings.ts';
import { shopVariables } from './shop-settings.ts';
import { tokenVariables } from './token-settings.ts';
import { webhookVariables } from './webhook-settings.ts';

/** What is told of a variable beside its type. */
export type VariableNote = {
  readonly description: string;
  /** It is never shown, and may be given as a file. */
  readonly secret?: true;
  /** What holds without it, where the schema alone does not say so. */
  readonly fallback?: string;
  /** The same in production, where that differs. */
  readonly production?: string;
};

/** All variables, in the order in which somebody meets them. */
export const SECTIONS = {
  'The shop': shopVariables,
  'How it is reached': doorVariables,
  'Access tokens': tokenVariables,
  'Second factor': secondFactorVariables,
  Mails: mailVariables,
  Images: mediaVariables,
  Payments: paymentVariables,
  Webhooks: webhookVariables,
  Privacy: privacyVariables,
} as const;

export const schema = z.object({
  ...shopVariables,
  ...doorVariables,
  ...tokenVariables,
  ...secondFactorVariables,
  ...mailVariables,
  ...mediaVariables,
  ...paymentVariables,
  ...webhookVariables,
  ...privacyVariables,
});

export function noteOf(variable: z.ZodType): VariableNote {
  return variable.meta() as VariableNote;
}

/** The names of those that nobody else may know. */
export const SECRETS: readonly string[] = Object.entries(schema.shape)
  .filter(([, variable]) => noteOf(variable).secret === true)
  .map(([name]) => name);
