type Part =
  | 'http'
  | 'relay'
  | 'reconciling'
  | 'expiring'
  | 'importing'
  | 'sending'
  | 'rateLimiter'
  | 'revokedAccess'
  | 'catalogueCache'
  | 'mail'
  | 'database'
  | 'databaseServer';

/** How to end each part that was opened. */
export type Closing = { retention?: () => void } & { [Name in Part]?: () => Promise<void> };

/** From the door inwards: each part is closed when nothing needs it any more. */
export async function closeAll(closing: Closing): Promise<void> {
  // No event and no row is taken any more while the last requests are answered.
  const inTheBackground = Promise.all([
    closing.relay?.(),
    closing.reconciling?.(),
    closing.expiring?.(),
    closing.importing?.(),
    closing.sending?.(),
  ]);
  await closing.http?.();
  await inTheBackground;
  closing.retention?.();
  await closing.rateLimiter?.();
  await closing.revokedAccess?.();
  await closing.catalogueCache?.();
  await closing.mail?.();
  await closing.database?.();
  await closing.databaseServer?.();
}
