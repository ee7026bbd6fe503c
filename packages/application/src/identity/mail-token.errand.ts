import { err, ok, safeTry } from 'neverthrow';

import type { UserId } from '@kastoma/domain/core';
import type {
  MailRequested,
  TokenPurpose,
  User,
  UserNotFound,
  UserRegistered,
} from '@kastoma/domain/identity';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { composeMail } from '../core/mail-content.ts';
import type { Mailer } from '../core/mailer.port.ts';
import { TOOK_TOO_LONG, type Errand } from '../core/subscriber.ts';
import { passwordResetMail, verificationMail, type AccountMailSettings } from './account-mails.ts';
import type { IdentityTx, IdentityUnitOfWork } from './identity.unit-of-work.ts';
import type { TokenSecrets } from './token-secrets.port.ts';

type Dependencies = {
  readonly unitOfWork: IdentityUnitOfWork;
  readonly tokenSecrets: TokenSecrets;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly accountMails: AccountMailSettings;
};

const WRITE = { email_verification: verificationMail, password_reset: passwordResetMail } as const;

/**
 * Makes a token and mails it. Only its hash is kept, and the token stands nowhere but in
 * the mail, so a second try sends a new one: the older one is void from then on.
 */
export class MailToken implements Errand<UserRegistered | MailRequested> {
  readonly consumer = 'identity.mail_token';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    event: UserRegistered | MailRequested,
    context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => {
    const { unitOfWork, tokenSecrets, mailer, accountMails } = this.#dependencies;
    const purpose = purposeOf(event);
    const userId = event.payload.userId as UserId | null;
    const secret = tokenSecrets.next();
    const keep = (tx: IdentityTx, id: UserId) => this.#keep(tx, id, purpose, secret);
    return safeTry(async function* () {
      if (userId === null) return ok(null);
      const user = yield* unitOfWork.run(context, (tx) => keep(tx, userId));
      if (user === null) return ok(null);
      if (signal.aborted) return err(TOOK_TOO_LONG);
      const content = WRITE[purpose](secret, accountMails);
      const id = `${eventId}.${purpose.replace('_', '-')}`;
      await mailer.send({ id, to: user.state.email, ...composeMail(content) });
      return ok(null);
    });
  };

  /** Whom to write to; null where nobody is to be written to (any more). */
  #keep(tx: IdentityTx, userId: UserId, purpose: TokenPurpose, secret: string) {
    const { tokenSecrets, clock, accountMails } = this.#dependencies;
    const createdAt = clock.now();
    return safeTry<User | null, never>(async function* () {
      const user = yield* tx.users.find(userId).orElse((_gone: UserNotFound) => ok(null));
      if (user === null || !needsToken(user, purpose)) return ok(null);
      const expiresAt = createdAt + accountMails.tokenSeconds[purpose] * 1_000;
      yield* tx.oneTimeTokens.replace({
        purpose,
        userId,
        hash: tokenSecrets.hash(secret),
        createdAt,
        expiresAt: expiresAt as typeof createdAt,
      });
      return ok(user);
    });
  }
}

function purposeOf({ type }: UserRegistered | MailRequested): TokenPurpose {
  return type === 'identity.password_reset_requested' ? 'password_reset' : 'email_verification';
}

function needsToken(user: User, purpose: TokenPurpose): boolean {
  return user.isActive && (purpose === 'password_reset' || !user.state.emailVerified);
}
