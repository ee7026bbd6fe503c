import PostalMime from 'postal-mime';

import type { DeliveredMail } from '@kastoma/application/testing';

/** A message as somebody's mail program reads it. */
export async function readMail(message: Buffer): Promise<DeliveredMail> {
  const { headers, subject, text = '', html = '' } = await PostalMime.parse(message);
  const named = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
  return { headers: { ...named, subject: subject ?? '' }, text, html };
}
