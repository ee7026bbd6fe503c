import { ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type { EmailVerified, PasswordChanged, User, UserNotFound } from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import { composeMail } from '../core/mail-content.ts';
import type { Mailer } from '../core/mailer.port.ts';
import type { Errand } from '../core/subscriber.ts';
import { passwordChangedMail, welcomeMail, type AccountMailSettings } from './account-mails.ts';
import type { UserReader } from './user-repository.port.ts';

type Dependencies = {
  readonly users: UserReader;
  readonly mailer: Mailer;
  readonly accountMails: AccountMailSettings;
};

/** Tells the owner of an account by mail what has happened to it. */
export class MailNotice implements Errand<EmailVerified | PasswordChanged> {
  readonly consumer = 'identity.mail_notice';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    event: EmailVerified | PasswordChanged,
    _context: CallContext,
    eventId: string,
  ) => {
    const { users, mailer, accountMails } = this.#dependencies;
    const userId = event.payload.userId as UserId;
    const changed = event.type === 'identity.password_changed';
    return safeTry<null, never>(async function* () {
      const user = yield* users
        .find(userId)
        .map((found): User | null => found)
        .orElse((_gone: UserNotFound) => ok(null));
      if (user === null || !user.isActive) return ok(null);
      const id = `${eventId}.${changed ? 'password-changed' : 'welcome'}`;
      const write = changed ? passwordChangedMail : welcomeMail;
      const content = composeMail(write(user, accountMails));
      await mailer.send({ id, to: user.state.email, ...content });
      return ok(null);
    });
  };
}
