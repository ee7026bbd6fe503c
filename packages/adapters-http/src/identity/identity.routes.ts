import type {
  LogIn,
  RefreshSession,
  RegisterUser,
  SignedIn,
  Tokens,
} from '@kastoma/application/identity';
import { formatInstant } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import {
  loginBody,
  refreshBody,
  registerBody,
  signedInAnswer,
  tokensAnswer,
} from './identity.schemas.ts';

export type IdentityUseCases = {
  readonly registerUser: RegisterUser;
  readonly logIn: LogIn;
  readonly refreshSession: RefreshSession;
};

export function identityRoutes(useCases: IdentityUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/auth/register',
      tag: 'Auth',
      summary: 'Open an account and sign in',
      permission: 'account.open',
      body: registerBody,
      secret: true,
      status: 201,
      message: 'Welcome',
      answer: signedInAnswer,
      present: presentSignedIn,
      handle: ({ body, context, clientAddress }) => {
        const { email, password, first_name: firstName, last_name: lastName } = body;
        const command = { email, password, firstName, lastName, clientAddress };
        return useCases.registerUser.execute(command, context);
      },
    }),
    endpoint({
      method: 'post',
      path: '/auth/login',
      tag: 'Auth',
      summary:
        'Sign in with e-mail address and password, and a code where the account has a second factor',
      permission: 'account.open',
      body: loginBody,
      secret: true,
      status: 200,
      message: 'Signed in',
      answer: signedInAnswer,
      present: presentSignedIn,
      handle: ({ body, context, clientAddress }) =>
        useCases.logIn.execute({ ...body, clientAddress }, context),
    }),
    endpoint({
      method: 'post',
      path: '/auth/refresh',
      tag: 'Auth',
      summary:
        'Trade a refresh token for new tokens; the old one is spent, but for a retry within 10 seconds',
      permission: 'account.open',
      body: refreshBody,
      secret: true,
      status: 200,
      message: 'Signed in again',
      answer: tokensAnswer,
      present: presentTokens,
      handle: ({ body, context }) =>
        useCases.refreshSession.execute({ refreshToken: body.refresh }, context),
    }),
  ];
}

function presentUser({ state }: User) {
  return {
    id: state.id,
    email: state.email,
    first_name: state.firstName,
    last_name: state.lastName,
    role: state.role,
    email_verified: state.emailVerified,
    created_at: formatInstant(state.createdAt),
  };
}

function presentTokens({ access, refresh, expiresInSeconds }: Tokens) {
  return { access, refresh, token_type: 'Bearer' as const, expires_in: expiresInSeconds };
}

function presentSignedIn({ user, tokens }: SignedIn) {
  return { user: presentUser(user), ...presentTokens(tokens) };
}
