import type { AccessReach, AccessRevocation, RevokedAccess } from '@kastoma/application/identity';
import type { Instant } from '@kastoma/domain/core';

/** So long the shared list is left alone after a failure: nobody waits for it twice in a row. */
const PAUSE_MILLISECONDS = 1_000;

type Listeners = {
  /** Told once, when the shared list is gone. */
  readonly onLost: (error: unknown) => void;
  readonly onBack: () => void;
};

/** Knows what this process has taken back, and what the others have while their list can be reached. */
export class FallingBackRevokedAccess implements RevokedAccess {
  readonly #shared: RevokedAccess;
  readonly #local: RevokedAccess;
  readonly #listeners: Listeners;
  #failedAt: number | null = null;

  constructor(shared: RevokedAccess, local: RevokedAccess, listeners: Listeners) {
    this.#shared = shared;
    this.#local = local;
    this.#listeners = listeners;
  }

  async add(revocation: AccessRevocation, now: Instant): Promise<void> {
    await this.#local.add(revocation, now);
    await this.#ask(now, () => this.#shared.add(revocation, now));
  }

  async has(reach: AccessReach, now: Instant): Promise<boolean> {
    if (await this.#local.has(reach, now)) return true;
    const isPausing =
      this.#failedAt !== null && Math.abs(now - this.#failedAt) < PAUSE_MILLISECONDS;
    return !isPausing && (await this.#ask(now, () => this.#shared.has(reach, now))) === true;
  }

  /** Undefined where the shared list could not be asked. */
  async #ask<Answer>(now: Instant, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await ask();
      if (this.#failedAt !== null) this.#listeners.onBack();
      this.#failedAt = null;
      return answer;
    } catch (error) {
      if (this.#failedAt === null) this.#listeners.onLost(error);
      this.#failedAt = now;
      return undefined;
    }
  }
}
