import { readFile } from 'node:fs/promises';

import type { GivenSecret } from '../config/media-settings.ts';
import { StartRefused } from './start-refused.ts';

/** A secret as it was given, or what the file holds that was named by that setting. */
export async function readSecret(secret: GivenSecret, setting: string): Promise<string> {
  if ('text' in secret) return secret.text;
  const text = await readFile(secret.file, 'utf8').catch((error: unknown) => {
    throw new StartRefused(`${setting}: ${secret.file} cannot be read.`, { cause: error });
  });
  if (text.trim() === '') throw new StartRefused(`${setting}: ${secret.file} is empty.`);
  return text.trim();
}
