import { join } from 'node:path';

import { FileMailbox, NoMailer, SmtpMailer } from '@kastoma/adapters-mail';
import type { Mailer } from '@kastoma/application/core';
import type { AccountMailSettings } from '@kastoma/application/identity';

import type { Environment } from '../config/environment.ts';

/** Who carries the mails, and what those about accounts are written with. */
export type OpenedMail = {
  readonly mailer: Mailer;
  readonly accountMails: AccountMailSettings;
  readonly close: () => Promise<void>;
};

/** By the SMTP server that was named, to nobody at all, or into files; links lead to `ownUrl` where no public one was named. */
export function openMail({ mail, dataFolder }: Environment, ownUrl: string): OpenedMail {
  const accountMails = {
    publicUrl: mail.publicUrl ?? ownUrl,
    tokenSeconds: {
      email_verification: mail.verificationTokenSeconds,
      password_reset: mail.resetTokenSeconds,
    },
  };
  const { smtpUrl, requireTls, isOff, from } = mail;
  if (isOff) return { mailer: new NoMailer(), accountMails, close: async () => undefined };
  if (smtpUrl !== null) {
    const mailer = new SmtpMailer({ url: smtpUrl, requireTls, from });
    const close = async () => {
      mailer.close();
    };
    return { mailer, accountMails, close };
  }
  const mailer = new FileMailbox({ folder: mailFolderIn(dataFolder), from });
  return { mailer, accountMails, close: async () => undefined };
}

export function mailFolderIn(dataFolder: string): string {
  return join(dataFolder, 'mail');
}
