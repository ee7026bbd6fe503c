import type { TokenPurpose, User } from '@kastoma/domain/identity';

import type { MailContent } from '../core/mail-content.ts';

/** What mails about accounts are written with. */
export type AccountMailSettings = {
  /** Where people meet the shop, without a slash at its end; links lead to pages below it. */
  readonly publicUrl: string;
  /** How long the token of a mail is good. */
  readonly tokenSeconds: Readonly<Record<TokenPurpose, number>>;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * To an address that nobody has proved yet, so that it holds nothing that somebody could
 * have typed into a form to have it sent to a stranger: no name above all.
 */
export function verificationMail(secret: string, settings: AccountMailSettings): MailContent {
  const { publicUrl, tokenSeconds } = settings;
  return {
    subject: 'Confirm your e-mail address',
    paragraphs: [
      'Hello,',
      'an account was opened with this e-mail address. Confirm that it is yours:',
      { label: 'Confirm the address', url: linkTo(publicUrl, 'verify-email', secret) },
      `The link can be used once, within ${inWords(tokenSeconds.email_verification)}.`,
      'If it was not you, there is nothing to do.',
    ],
  };
}

export function passwordResetMail(secret: string, settings: AccountMailSettings): MailContent {
  const { publicUrl, tokenSeconds } = settings;
  return {
    subject: 'Choose a new password',
    paragraphs: [
      'Hello,',
      'somebody, hopefully you, asked for a new password for the account with this e-mail address. Choose one here:',
      { label: 'Choose a new password', url: linkTo(publicUrl, 'reset-password', secret) },
      `The link can be used once, within ${inWords(tokenSeconds.password_reset)}.`,
      'If it was not you, there is nothing to do: the password stays as it is.',
    ],
  };
}

export function passwordChangedMail(user: User, { publicUrl }: AccountMailSettings): MailContent {
  return {
    subject: 'Your password was changed',
    paragraphs: [
      greeting(user),
      'the password of your account was changed just now, and other devices were signed out.',
      'If it was not you, choose a new one at once:',
      { label: 'Choose a new password', url: `${publicUrl}/reset-password` },
    ],
  };
}

/** Whoever made a key in the name of an administrator is then found out. */
export function apiKeyCreatedMail(user: User, { publicUrl }: AccountMailSettings): MailContent {
  return {
    subject: 'An API key was made with your account',
    paragraphs: [
      greeting(user),
      'an API key for a service was made with your account just now. It goes on working when you sign out or choose a new password.',
      'If it was not you, choose a new password at once, and revoke the key:',
      { label: 'Choose a new password', url: `${publicUrl}/reset-password` },
    ],
  };
}

export function welcomeMail(user: User, { publicUrl }: AccountMailSettings): MailContent {
  return {
    subject: 'Welcome',
    paragraphs: [
      greeting(user),
      'your e-mail address is confirmed. Thank you, and enjoy the shop:',
      { label: 'To the shop', url: `${publicUrl}/` },
    ],
  };
}

/** Nobody is called by a name at an address that they have not proved to be theirs. */
export function greeting({ state }: User): string {
  return state.emailVerified ? `Hello ${state.firstName},` : 'Hello,';
}

/** Behind a `#` the token stays in the browser: no server on the way writes it into a log. */
function linkTo(publicUrl: string, page: string, secret: string): string {
  return `${publicUrl}/${page}#token=${secret}`;
}

function inWords(seconds: number): string {
  if (seconds % HOUR === 0) return counted(seconds / HOUR, 'hour');
  return counted(Math.ceil(seconds / MINUTE), 'minute');
}

function counted(number: number, unit: string): string {
  return number === 1 ? `one ${unit}` : `${number} ${unit}s`;
}
