import { err, ok, type Result } from 'neverthrow';

import type { Role } from '../core/actor.value.ts';
import type { CustomerGroup } from '../core/customer-group.value.ts';
import type { UserId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { toWireForm, wireName, type Json } from '../core/wire-form.ts';
import { hasCome, type InvalidBirthDate } from './birth-date.value.ts';
import type { EmailAddress } from './email-address.value.ts';
import type { FullName } from './full-name.value.ts';
import type { PasswordHash } from './password.value.ts';
import { erasedPerson, profileAfter, PROFILE_FIELDS, type ProfileChanges } from './profile.ts';
import type { IdentityEvent, UserEvent } from './user.events.ts';
import type { UserState } from './user.state.ts';

export type RegisterUser = {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly passwordHash: PasswordHash;
  readonly name: FullName;
  readonly role: Role;
  /** Where somebody vouches for the address who may; else its owner proves it by mail. */
  readonly emailVerified?: boolean;
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

  static register(input: RegisterUser): User {
    const { id, email, passwordHash, role, emailVerified = false, at } = input;
    const { firstName, lastName } = input.name;
    const state = {
      id,
      email,
      passwordHash,
      firstName,
      lastName,
      phone: null,
      locale: null,
      birthDate: null,
      avatar: null,
      marketingConsentAt: null,
      role,
      groups: [],
      emailVerified,
      tokenVersion: 1,
      createdAt: at,
      deactivatedAt: null,
      erasedAt: null,
    };
    return new User(state, 1, [
      {
        type: 'identity.user_registered',
        schemaVersion: 2,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: at,
        payload: { userId: id, role },
      },
    ]);
  }

  /** Whoever reads the mails of the address has proved it; a second proof changes nothing. */
  verifyEmail(at: Instant): User {
    return this.state.emailVerified
      ? this
      : this.#next('identity.email_verified', at, { emailVerified: true });
  }

  /** The caller ends what the old password opened. */
  changePassword(passwordHash: PasswordHash, at: Instant): User {
    return this.#next('identity.password_changed', at, { passwordHash });
  }

  /** The same password, hashed at another strength: nothing that anybody is told of. */
  rehash(passwordHash: PasswordHash): User {
    return new User({ ...this.state, passwordHash }, this.version, this.pending);
  }

  /** Somebody may sign in to it. */
  get isActive(): boolean {
    return this.state.deactivatedAt === null && this.state.erasedAt === null;
  }

  /** What is left out stays; what is the same as before makes no new version. */
  changeProfile(changes: ProfileChanges, at: Instant): Result<User, InvalidBirthDate> {
    const birthDate = changes.birthDate ?? null;
    if (birthDate !== null && !hasCome(birthDate, at))
      return err({ code: 'identity.invalid_birth_date', reason: 'in_the_future' });
    const wanted = profileAfter(this.state, changes, at);
    const fields = PROFILE_FIELDS.filter((field) => wanted[field] !== this.state[field]);
    if (fields.length === 0) return ok(this);
    return ok(this.#next('identity.profile_changed', at, wanted, { fields: fields.map(wireName) }));
  }

  changeRole(role: Role, at: Instant): User {
    const from = this.state.role;
    return role === from
      ? this
      : this.#next('identity.role_changed', at, { role }, { from, to: role });
  }

  changeGroups(groups: readonly CustomerGroup[], at: Instant): User {
    const isSame = groups.join() === this.state.groups.join();
    return isSame ? this : this.#next('identity.groups_changed', at, { groups });
  }

  /** The caller takes back what gives access. */
  deactivate(at: Instant): User {
    return this.state.deactivatedAt === null
      ? this.#next('identity.user_deactivated', at, { deactivatedAt: at })
      : this;
  }

  reactivate(at: Instant): User {
    return this.state.deactivatedAt === null
      ? this
      : this.#next('identity.user_reactivated', at, { deactivatedAt: null });
  }

  /** Forgets the person: what is left says that there was somebody, and in which role. */
  erase(at: Instant): User {
    return this.#next('identity.user_erased', at, { ...erasedPerson(this.state.id), erasedAt: at });
  }

  /** For persistence only. */
  static restore(state: UserState, version: number): User {
    return new User(state, version, []);
  }

  /** `more` is what the event tells besides whom it is about. */
  #next(
    type: UserEvent['type'],
    at: Instant,
    changes: Partial<UserState>,
    more: object = {},
  ): User {
    const version = this.version + 1;
    const event = {
      type,
      schemaVersion: 1,
      aggregateId: this.state.id,
      aggregateVersion: version,
      occurredAt: at,
      payload: { userId: this.state.id, ...more },
    } as UserEvent;
    return new User({ ...this.state, ...changes }, version, [...this.pending, event]);
  }
}
