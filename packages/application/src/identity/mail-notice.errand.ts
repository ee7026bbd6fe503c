import { err, ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type {
  ApiKeyCreated,
  EmailVerified,
  PasswordChanged,
  SecondFactorEvent,
  User,
  UserNotFound,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { composeMail, type MailContent } from '../core/mail-content.ts';
import type { Mailer } from '../core/mailer.port.ts';
import { TOOK_TOO_LONG, type Errand, type NotHandled } from '../core/subscriber.ts';
import {
  apiKeyCreatedMail,
  passwordChangedMail,
  welcomeMail,
  type AccountMailSettings,
} from './account-mails.ts';
import { secondFactorMail } from './second-factor-mails.ts';
import type { UserReader } from './user-repository.port.ts';

/** What an owner is told of. */
type NoticedEvent = ApiKeyCreated | EmailVerified | PasswordChanged | SecondFactorEvent;

type Dependencies = {
  readonly users: UserReader;
  readonly mailer: Mailer;
  readonly accountMails: AccountMailSettings;
};

/** Tells the owner of an account by mail what has happened to it. */
export class MailNotice implements Errand<NoticedEvent> {
  readonly consumer = 'identity.mail_notice';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    event: NoticedEvent,
    _context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => {
    const { users, mailer, accountMails } = this.#dependencies;
    const userId = event.payload.userId as UserId;
    return safeTry<null, NotHandled>(async function* () {
      const user = yield* users
        .find(userId)
        .map((found): User | null => found)
        .orElse((_gone: UserNotFound) => ok(null));
      if (user === null || !user.isActive) return ok(null);
      if (signal.aborted) return err(TOOK_TOO_LONG);
      const id = `${eventId}.${nameOf(event)}`;
      const content = composeMail(contentOf(event, user, accountMails));
      await mailer.send({ id, to: user.state.email, ...content });
      return ok(null);
    });
  };
}

/** Part of a mail's id. */
function nameOf({ type }: NoticedEvent): string {
  if (type === 'identity.email_verified') return 'welcome';
  return type.replace('identity.', '').replaceAll('_', '-');
}

function contentOf(event: NoticedEvent, user: User, settings: AccountMailSettings): MailContent {
  switch (event.type) {
    case 'identity.email_verified':
      return welcomeMail(user, settings);
    case 'identity.api_key_created':
      return apiKeyCreatedMail(user, settings);
    case 'identity.password_changed':
      return passwordChangedMail(user, settings);
    case 'identity.second_factor_enabled':
    case 'identity.second_factor_disabled':
    case 'identity.second_factor_reset':
    case 'identity.recovery_codes_replaced':
    case 'identity.recovery_code_used':
      return secondFactorMail(event, user, settings);
  }
}
