type Part =
  | 'http'
  | 'relay'
  | 'rateLimiter'
  | 'revokedAccess'
  | 'mail'
  | 'database'
  | 'databaseServer';

/** How to end each part that was opened. */
export type Closing = { retention?: () => void } & { [Name in Part]?: () => Promise<void> };

/** From the door inwards: each part is closed when nothing needs it any more. */
export async function closeAll(closing: Closing): Promise<void> {
  // No event is taken any more while the last requests are answered.
  const relayed = closing.relay?.();
  await closing.http?.();
  await relayed;
  closing.retention?.();
  await closing.rateLimiter?.();
  await closing.revokedAccess?.();
  await closing.mail?.();
  await closing.database?.();
  await closing.databaseServer?.();
}
