import type { Role } from '../core/actor.value.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import type { EmailAddress } from './email-address.value.ts';
import type { FullName } from './full-name.value.ts';
import type { PasswordHash } from './password.value.ts';
import type { IdentityEvent } from './user.events.ts';

export type UserState = {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly passwordHash: PasswordHash;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  /** What promotions know the customer by. */
  readonly groups: readonly string[];
  readonly emailVerified: boolean;
  readonly createdAt: Instant;
};

export type RegisterUser = {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly passwordHash: PasswordHash;
  readonly name: FullName;
  readonly role: Role;
  readonly at: Instant;
};

/** Somebody with an account. */
export class User {
  readonly state: UserState;
  readonly version: number;
  readonly pending: readonly IdentityEvent[];

  private constructor(state: UserState, version: number, pending: readonly IdentityEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  /** With the version, and without the hash of the password; `parseUser` reads it back. */
  toJSON(): Json {
    const { passwordHash: _, ...shown } = this.state;
    return toWireForm({ version: this.version, ...shown });
  }

  static register({ id, email, passwordHash, name, role, at }: RegisterUser): User {
    const { firstName, lastName } = name;
    const state = {
      id,
      email,
      passwordHash,
      firstName,
      lastName,
      role,
      groups: [],
      emailVerified: false,
      createdAt: at,
    };
    return new User(state, 1, [
      {
        type: 'identity.user_registered',
        schemaVersion: 1,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: at,
        payload: { userId: id, email, role },
      },
    ]);
  }

  /** For persistence only. */
  static restore(state: UserState, version: number): User {
    return new User(state, version, []);
  }
}
