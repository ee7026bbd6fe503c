import { err, ok, type Result } from 'neverthrow';

import type { SecondFactorId, UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import type { SecondFactorActive, SecondFactorNotFound } from './identity.errors.ts';
import { openSteps, type SealedSecret } from './one-time-password.value.ts';
import type { SecondFactorEvent } from './second-factor.events.ts';
import type { TokenHash } from './session.aggregate.ts';

export type SecondFactorState = {
  /** Of one enrolment: the next one has another. */
  readonly id: SecondFactorId;
  readonly userId: UserId;
  readonly secret: SealedSecret;
  readonly enrolledAt: Instant;
  /** Null until a code has shown that the owner's app knows the secret: it asks for nothing before. */
  readonly confirmedAt: Instant | null;
  /** Its password and those before it are void. Null until one was used. */
  readonly lastUsedStep: number | null;
  /** Hashes of those that are left. */
  readonly recoveryCodes: readonly TokenHash[];
};

/** So many recovery codes there are at first. */
export const RECOVERY_CODES = 10;

/** So long an enrolment waits for its confirmation: the secret stood on a screen. */
export const ENROLMENT_MILLISECONDS = 15 * 60_000;

/** What somebody has besides their password: a secret in an app, and codes on paper for when it is lost. */
export class SecondFactor {
  readonly state: SecondFactorState;
  /** Zero until it is first saved. */
  readonly version: number;
  readonly pending: readonly SecondFactorEvent[];

  private constructor(
    state: SecondFactorState,
    version: number,
    pending: readonly SecondFactorEvent[] = [],
  ) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static enrol(input: {
    readonly id: SecondFactorId;
    readonly userId: UserId;
    readonly secret: SealedSecret;
    readonly at: Instant;
  }): SecondFactor {
    const { id, userId, secret, at: enrolledAt } = input;
    const unused = { confirmedAt: null, lastUsedStep: null, recoveryCodes: [] };
    return new SecondFactor({ id, userId, secret, enrolledAt, ...unused }, 0);
  }

  /** For persistence only. */
  static restore(state: SecondFactorState, version: number): SecondFactor {
    return new SecondFactor(state, version);
  }

  /** Codes are asked for. */
  get isActive(): boolean {
    return this.state.confirmedAt !== null;
  }

  /** The steps of which a password would be taken. */
  openSteps(at: Instant): readonly number[] {
    return openSteps(at, this.state.lastUsedStep);
  }

  /** Whether it can be confirmed; one that has waited too long is as good as none. */
  awaitConfirmation(at: Instant): Result<SecondFactor, SecondFactorActive | SecondFactorNotFound> {
    if (this.isActive) return err({ code: 'identity.second_factor_active' });
    return at - this.state.enrolledAt < ENROLMENT_MILLISECONDS
      ? ok(this)
      : err({ code: 'identity.second_factor_not_found' });
  }

  /** The password of that step was shown; it is not taken again. The caller has seen that the step is open. */
  useStep(step: number): SecondFactor {
    return this.#with({ lastUsedStep: step });
  }

  /** Uses one up; null where there is none of that hash (any more). */
  useRecoveryCode(used: TokenHash, at: Instant): SecondFactor | null {
    const { recoveryCodes } = this.state;
    if (!recoveryCodes.includes(used)) return null;
    const left = recoveryCodes.filter((hash) => hash !== used);
    return this.#with(
      { recoveryCodes: left },
      this.#event('identity.recovery_code_used', at, { left: left.length }),
    );
  }

  /** From now on it is asked for. */
  confirm(recoveryCodes: readonly TokenHash[], at: Instant): SecondFactor {
    const enabled = this.#event('identity.second_factor_enabled', at);
    return this.#with({ confirmedAt: at, recoveryCodes }, enabled);
  }

  replaceRecoveryCodes(recoveryCodes: readonly TokenHash[], at: Instant): SecondFactor {
    return this.#with({ recoveryCodes }, this.#event('identity.recovery_codes_replaced', at));
  }

  /** The same secret, encrypted under another key: nothing that anybody is told of. */
  reseal(secret: SealedSecret): SecondFactor {
    return this.#with({ secret });
  }

  /** By its owner. The caller removes it. */
  disable(at: Instant): SecondFactor {
    return this.#with({}, this.#event('identity.second_factor_disabled', at));
  }

  /** By an administrator. The caller removes it. */
  reset(at: Instant): SecondFactor {
    return this.#with({}, this.#event('identity.second_factor_reset', at));
  }

  #with(changes: Partial<SecondFactorState>, ...events: SecondFactorEvent[]): SecondFactor {
    const pending = [...this.pending, ...events];
    return new SecondFactor({ ...this.state, ...changes }, this.version, pending);
  }

  #event<Type extends SecondFactorEvent['type']>(
    type: Type,
    at: Instant,
    more: object = {},
  ): SecondFactorEvent {
    return {
      type,
      schemaVersion: 1,
      aggregateId: this.state.id,
      aggregateVersion: this.version + 1,
      occurredAt: at,
      payload: { userId: this.state.userId, ...more },
    } as SecondFactorEvent;
  }
}
