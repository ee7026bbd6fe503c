import type { ChangePassword, RequestMail, ResetPassword } from '@kastoma/application/identity';
import type { Actor } from '@kastoma/domain/core';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { changePasswordBody, resetPasswordBody } from './password.schemas.ts';
import { mailRequestBody } from './verification.schemas.ts';

export type PasswordUseCases = {
  readonly requestMail: RequestMail;
  readonly resetPassword: ResetPassword;
  readonly changePassword: ChangePassword;
};

export function passwordRoutes(useCases: PasswordUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/auth/password-reset',
      tag: 'Auth',
      summary: 'Have a token sent to my e-mail address to choose a new password with',
      permission: 'account.open',
      body: mailRequestBody,
      secret: true,
      status: 202,
      message: 'If the address has an account, a mail is on its way',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ body, context, clientAddress }) =>
        useCases.requestMail.execute(
          { ...body, purpose: 'password_reset', clientAddress },
          context,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/auth/password-reset/confirm',
      tag: 'Auth',
      summary: 'Choose a new password with the token that was sent to me; every session ends',
      permission: 'account.open',
      body: resetPasswordBody,
      secret: true,
      status: 200,
      message: 'The password is changed. Sign in with it',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ body, context, clientAddress }) => {
        const { token, new_password: newPassword } = body;
        return useCases.resetPassword.execute({ token, newPassword, clientAddress }, context);
      },
    }),
    endpoint({
      method: 'post',
      path: '/auth/password-change',
      tag: 'Auth',
      summary:
        'Choose a new password with the present one, and a code where I have a second factor; every other session ends, and access tokens with them: refresh',
      permission: 'account.own',
      body: changePasswordBody,
      secret: true,
      status: 200,
      message: 'The password is changed',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ body, actor, userId, context }) => {
        const { current_password: currentPassword, new_password: newPassword } = body;
        const passwords = { currentPassword, code: body.code, newPassword };
        const command = { userId, ...passwords, keptSession: sessionOf(actor) };
        return useCases.changePassword.execute(command, context);
      },
    }),
  ];
}

/** Null where somebody is known by other means than a token. */
export function sessionOf(actor: Actor) {
  return actor.kind === 'user' ? (actor.sessionId ?? null) : null;
}
