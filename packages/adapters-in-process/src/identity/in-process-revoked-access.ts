import type { AccessReach, AccessRevocation, RevokedAccess } from '@kastoma/application/identity';
import type { Instant } from '@kastoma/domain/core';

/** Beyond it the entries made longest ago go; the store still knows them. */
const MOST_ENTRIES = 50_000;

type Entry = { readonly firstGoodVersion: number; readonly endsAt: number };

/** The stand-in for Redis: what this process has taken back, for as long as an access token can run. */
export class InProcessRevokedAccess implements RevokedAccess {
  readonly #entries = new Map<string, Entry>();
  readonly #keptMilliseconds: number;

  constructor(keptSeconds: number) {
    this.#keptMilliseconds = keptSeconds * 1000;
  }

  async add(revocation: AccessRevocation, now: Instant): Promise<void> {
    const isUser = revocation.kind === 'user';
    const key = isUser ? revocation.userId : revocation.sessionId;
    const said = isUser ? revocation.firstGoodVersion : Number.POSITIVE_INFINITY;
    // Two revocations may be told in the wrong order: the later one stands.
    const firstGoodVersion = Math.max(said, this.#entries.get(key)?.firstGoodVersion ?? 0);
    this.#entries.delete(key);
    this.#makeRoom(now);
    this.#entries.set(key, { firstGoodVersion, endsAt: now + this.#keptMilliseconds });
  }

  async has({ userId, sessionId, tokenVersion }: AccessReach, now: Instant): Promise<boolean> {
    return [userId, sessionId].some((key) => {
      const entry = this.#entries.get(key);
      return entry !== undefined && now < entry.endsAt && tokenVersion < entry.firstGoodVersion;
    });
  }

  /** Entries stand in the order of their ends. */
  #makeRoom(now: Instant): void {
    for (const [key, { endsAt }] of this.#entries) {
      if (endsAt > now && this.#entries.size < MOST_ENTRIES) return;
      this.#entries.delete(key);
    }
  }
}
