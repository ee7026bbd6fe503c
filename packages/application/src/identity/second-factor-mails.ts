import type { SecondFactorEvent, User } from '@kastoma/domain/identity';

import type { MailContent } from '../core/mail-content.ts';
import { greeting, type AccountMailSettings } from './account-mails.ts';

/** What the owner is told of their second factor: whoever else has changed it is then found out. */
export function secondFactorMail(
  event: SecondFactorEvent,
  user: User,
  { publicUrl }: AccountMailSettings,
): MailContent {
  const { subject, happened } = wordsFor(event);
  return {
    subject,
    paragraphs: [
      greeting(user),
      happened,
      'If it was not you, choose a new password at once, and tell us:',
      { label: 'Choose a new password', url: `${publicUrl}/reset-password` },
    ],
  };
}

type Words = { readonly subject: string; readonly happened: string };

function wordsFor(event: SecondFactorEvent): Words {
  switch (event.type) {
    case 'identity.second_factor_enabled':
      return {
        subject: 'Two-step sign-in is on',
        happened:
          'signing in to your account takes a code besides the password from now on. Other devices were signed out. Keep the recovery codes where you find them without your phone.',
      };
    case 'identity.second_factor_disabled':
      return {
        subject: 'Two-step sign-in is off',
        happened: 'two-step sign-in was switched off: the password alone opens your account again.',
      };
    case 'identity.second_factor_reset':
      return {
        subject: 'Two-step sign-in was reset',
        happened:
          'an administrator has switched two-step sign-in off for your account, and every device was signed out. The password alone opens it again.',
      };
    case 'identity.recovery_codes_replaced':
      return {
        subject: 'You have new recovery codes',
        happened: 'new recovery codes were made for your account. The old ones open it no more.',
      };
    case 'identity.recovery_code_used':
      return {
        subject: 'A recovery code was used',
        happened: `a recovery code was used for your account just now. ${leftInWords(event.payload.left)}`,
      };
  }
}

function leftInWords(left: number): string {
  if (left === 0) return 'It was the last one: make new ones.';
  return left === 1 ? 'One is left: make new ones.' : `There are ${left} left.`;
}
