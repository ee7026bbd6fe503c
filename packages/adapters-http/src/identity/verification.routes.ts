import type { RequestMail, VerifyEmail } from '@kastoma/application/identity';
import type { User } from '@kastoma/domain/identity';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { mailRequestBody, verifiedAnswer, verifyEmailBody } from './verification.schemas.ts';

export type VerificationUseCases = {
  readonly requestMail: RequestMail;
  readonly verifyEmail: VerifyEmail;
};

export function verificationRoutes(useCases: VerificationUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/auth/verify-email',
      tag: 'Auth',
      summary: 'Confirm my e-mail address with the token that was sent to it',
      permission: 'account.open',
      body: verifyEmailBody,
      secret: true,
      status: 200,
      message: 'The e-mail address is confirmed',
      answer: verifiedAnswer,
      present: presentVerified,
      handle: ({ body, context, clientAddress }) =>
        useCases.verifyEmail.execute({ ...body, clientAddress }, context),
    }),
    endpoint({
      method: 'post',
      path: '/auth/verify-email/resend',
      tag: 'Auth',
      summary: 'Have a new token sent to confirm my e-mail address; older ones are void then',
      permission: 'account.open',
      body: mailRequestBody,
      secret: true,
      status: 202,
      message: 'If the address has an account that is not confirmed, a mail is on its way',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ body, context, clientAddress }) =>
        useCases.requestMail.execute(
          { ...body, purpose: 'email_verification', clientAddress },
          context,
        ),
    }),
  ];
}

function presentVerified({ state }: User) {
  return { email: state.email, email_verified: state.emailVerified };
}
