import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import {
  ENCRYPTION_KEY_BYTES,
  SealedSecondFactorSecrets,
  SealedWebhookSecrets,
  SecretSealer,
  SignedGuestTokens,
} from '@kastoma/adapters-crypto';
import type { SecondFactorPolicy, SecondFactorSecrets } from '@kastoma/application/identity';
import type { WebhookSecrets } from '@kastoma/application/notifications';
import type { GuestTokens } from '@kastoma/application/ordering';

import type { Environment } from '../config/environment.ts';
import { keepSecret } from '../config/kept-secret.ts';
import { readEncryptionKey } from '../config/second-factor-settings.ts';
import { StartRefused } from './start-refused.ts';

/** Under this name the key is kept in the data folder. */
const ENCRYPTION_KEY_FILE = 'encryption-key';

export type OpenedSecondFactor = {
  readonly secrets: SecondFactorSecrets;
  readonly policy: SecondFactorPolicy;
  /** Made of the same keys, for another use. */
  readonly guestTokens: GuestTokens;
  /** Under the same keys, for another use. */
  readonly webhookSecrets: WebhookSecrets;
};

/** What is made of the keys that secrets of authenticator apps are encrypted with, given or made once and kept. */
export async function openSecondFactor({
  secondFactor: { encryptionKey, previousEncryptionKeys, policy },
  dataFolder,
}: Pick<Environment, 'secondFactor' | 'dataFolder'>): Promise<OpenedSecondFactor> {
  const key = encryptionKey ?? (await keptKey(dataFolder));
  const keys = [key, ...previousEncryptionKeys] as const;
  const sealer = new SecretSealer([...keys]);
  return {
    secrets: new SealedSecondFactorSecrets(sealer),
    policy,
    guestTokens: new SignedGuestTokens(keys),
    webhookSecrets: new SealedWebhookSecrets(sealer),
  };
}

async function keptKey(dataFolder: string): Promise<Buffer> {
  const text = await keepSecret(dataFolder, ENCRYPTION_KEY_FILE, () =>
    randomBytes(ENCRYPTION_KEY_BYTES).toString('base64url'),
  );
  const key = readEncryptionKey(text);
  if (key !== null) return key;
  const file = join(dataFolder, ENCRYPTION_KEY_FILE);
  throw new StartRefused(`The encryption key in ${file} cannot be used: it is not what was kept.`);
}
