import type { Container } from 'inversify';

import {
  ChangePassword,
  MailNotice,
  MailToken,
  RequestMail,
  ResetPassword,
  VerifyEmail,
} from '@kastoma/application/identity';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** What is asked for and answered by mail: proofs of an address, and new passwords. */
export function bindMail(container: Container, { mail }: Pick<Foundation, 'mail'>): void {
  bindValue(container, T.mailer, mail.mailer);
  bindValue(container, T.accountMails, mail.accountMails);
  const { identityUnitOfWork: unitOfWork, userReader: users, clock, ids } = T;
  const { mailer, accountMails, tokenSecrets, passwordHasher, rateLimiter, revokedAccess } = T;
  const asking = { unitOfWork, rateLimiter, ids, clock };
  bind(container, T.requestMail, asking, (given) => new RequestMail(given));
  const proving = { unitOfWork, tokenSecrets, rateLimiter, clock };
  bind(container, T.verifyEmail, proving, (given) => new VerifyEmail(given));
  const resetting = { ...proving, passwordHasher, knownPasswords: T.knownPasswords, revokedAccess };
  bind(container, T.resetPassword, resetting, (given) => new ResetPassword(given));
  const changing = {
    unitOfWork,
    users,
    passwordHasher,
    knownPasswords: T.knownPasswords,
    revokedAccess,
    rateLimiter,
    clock,
    tokenSecrets,
    secondFactorSecrets: T.secondFactorSecrets,
  };
  bind(container, T.changePassword, changing, (given) => new ChangePassword(given));
  const writing = { unitOfWork, tokenSecrets, mailer, clock, accountMails };
  bind(container, T.mailToken, writing, (given) => new MailToken(given));
  bind(container, T.mailNotice, { users, mailer, accountMails }, (given) => new MailNotice(given));
}
