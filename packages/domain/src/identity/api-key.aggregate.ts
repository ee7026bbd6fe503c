import { err, ok, Result, safeTry } from 'neverthrow';

import type { ApiKeyId, UserId } from '../core/ids.value.ts';
import { formatInstant, type Instant } from '../core/instant.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import type {
  ApiKeyRevoked,
  ExpiryInThePast,
  ScopeRequired,
  ScopesWidened,
} from './api-key.errors.ts';
import type { ApiKeyEvent } from './api-key.events.ts';
import type { Scope } from './permissions.ts';
import type { TokenHash } from './session.aggregate.ts';

/** What every key begins with: keys that were published by mistake are found by it. */
export const API_KEY_MARK = 'kas_';

const LONGEST_NAME = 80;

export type ApiKeyState = {
  readonly id: ApiKeyId;
  /** The part of a key that is no secret: it tells keys apart. */
  readonly prefix: string;
  /** Of the whole key, which is never stored. */
  readonly hash: TokenHash;
  readonly name: string;
  /** What it may do: each once, in the order of their names, and at least one. */
  readonly scopes: readonly Scope[];
  readonly createdBy: UserId;
  readonly createdAt: Instant;
  /** From then on it is good for nothing; null where that is left to revocation. */
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
};

export type CreateApiKeyInput = Omit<ApiKeyState, 'createdAt' | 'revokedAt'> & {
  readonly at: Instant;
};

/** What is undefined stays. */
export type ApiKeyChanges = {
  readonly name?: string | undefined;
  readonly scopes?: readonly Scope[] | undefined;
};

type Numbers = 'aggregateId' | 'aggregateVersion';
/** The aggregate says itself which version of it an event tells of. */
type UnnumberedEvent = ApiKeyEvent extends infer Event
  ? Event extends ApiKeyEvent
    ? Omit<Event, Numbers>
    : never
  : never;

/** What a service proves with who it is. It belongs to the shop: it outlives the account of who made it. */
export class ApiKey {
  readonly state: ApiKeyState;
  readonly version: number;
  /** One for each version that was not saved yet. */
  readonly pending: readonly ApiKeyEvent[];

  private constructor(state: ApiKeyState, version: number, pending: readonly ApiKeyEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  static create({
    at,
    ...input
  }: CreateApiKeyInput): Result<ApiKey, InvalidText | ScopeRequired | ExpiryInThePast> {
    return safeTry(function* () {
      const name = yield* parseName(input.name);
      const scopes = yield* parseScopes(input.scopes);
      const { expiresAt } = input;
      if (expiresAt !== null && expiresAt <= at)
        return err({ code: 'identity.expiry_in_the_past' as const, path: ['expiresAt'] });
      const state = { ...input, name, scopes, createdAt: at, revokedAt: null };
      const expires = expiresAt === null ? null : formatInstant(expiresAt);
      return ok(
        new ApiKey(state, 0, []).#next(state, {
          ...told(at),
          type: 'identity.api_key_created',
          payload: { apiKeyId: state.id, userId: state.createdBy, scopes, expiresAt: expires },
        }),
      );
    });
  }

  /** For persistence only. */
  static restore(state: ApiKeyState, version: number): ApiKey {
    return new ApiKey(state, version, []);
  }

  /** Gives it another name, or takes scopes away. */
  change(
    changes: ApiKeyChanges,
    at: Instant,
  ): Result<ApiKey, InvalidText | ScopeRequired | ScopesWidened | ApiKeyRevoked> {
    const { state } = this;
    if (state.revokedAt !== null) return err({ code: 'identity.api_key_revoked' });
    return Result.combine([
      parseName(changes.name ?? state.name),
      parseScopes(changes.scopes ?? state.scopes).andThen((scopes) => narrow(state.scopes, scopes)),
    ]).map(([name, scopes]) => {
      const fields = [
        ...(name === state.name ? [] : (['name'] as const)),
        ...(scopes.length === state.scopes.length ? [] : (['scopes'] as const)),
      ];
      if (fields.length === 0) return this;
      return this.#next(
        { ...state, name, scopes },
        {
          ...told(at),
          type: 'identity.api_key_changed',
          payload: { apiKeyId: state.id, scopes, fields },
        },
      );
    });
  }

  /** Ends it for good; one that was revoked stays as it is. */
  revoke(at: Instant): ApiKey {
    const { id, scopes, revokedAt } = this.state;
    if (revokedAt !== null) return this;
    return this.#next(
      { ...this.state, revokedAt: at },
      {
        ...told(at),
        type: 'identity.api_key_revoked',
        payload: { apiKeyId: id, scopes },
      },
    );
  }

  #next(state: ApiKeyState, event: UnnumberedEvent): ApiKey {
    const version = this.version + 1;
    const numbered = { ...event, aggregateId: state.id, aggregateVersion: version };
    return new ApiKey(state, version, [...this.pending, numbered]);
  }
}

function parseName(text: string): Result<string, InvalidText> {
  return parseText(text, { path: ['name'], maximumLength: LONGEST_NAME });
}

function parseScopes(scopes: readonly Scope[]): Result<readonly Scope[], ScopeRequired> {
  const unique = [...new Set(scopes)].toSorted();
  return unique.length === 0
    ? err({ code: 'identity.scope_required', path: ['scopes'] })
    : ok(unique);
}

function narrow(
  before: readonly Scope[],
  after: readonly Scope[],
): Result<readonly Scope[], ScopesWidened> {
  const added = after.filter((scope) => !before.includes(scope));
  return added.length === 0
    ? ok(after)
    : err({ code: 'identity.scopes_widened', path: ['scopes'], added });
}

function told(occurredAt: Instant) {
  return { schemaVersion: 1, occurredAt };
}
