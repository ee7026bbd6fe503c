import { okAsync, type ResultAsync } from 'neverthrow';

import type { CallContext } from '@kastoma/application/core';
import type {
  LogIn,
  RefreshSession,
  RegisterUser,
  SignedIn,
  Tokens,
} from '@kastoma/application/identity';
import type { MergeCarts, MergedCarts } from '@kastoma/application/ordering';
import { formatInstant, type CartId } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { presentMerge } from '../ordering/cart.presenter.ts';
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
  readonly mergeCarts: MergeCarts;
};

/** Somebody who is signed in, and what their cart has gained by the one that they had as a guest. */
type CameIn = SignedIn & { readonly cartMerge: MergedCarts['report'] };

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
      guestToken: 'cart',
      handle: ({ body, context, clientAddress, shown }) => {
        const { email, password, first_name: firstName, last_name: lastName } = body;
        const command = { email, password, firstName, lastName, clientAddress };
        return useCases.registerUser
          .execute(command, context)
          .andThen((signedIn) => bringCart(signedIn, shown.cart, useCases, context));
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
      guestToken: 'cart',
      handle: ({ body, context, clientAddress, shown }) =>
        useCases.logIn
          .execute({ ...body, clientAddress }, context)
          .andThen((signedIn) => bringCart(signedIn, shown.cart, useCases, context)),
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

/** A cart that cannot be merged stays the guest's: nobody is kept out for that. */
function bringCart(
  signedIn: SignedIn,
  guestCart: CartId | null,
  { mergeCarts }: Pick<IdentityUseCases, 'mergeCarts'>,
  context: CallContext,
): ResultAsync<CameIn, never> {
  if (guestCart === null) return okAsync({ ...signedIn, cartMerge: null });
  const { id, role } = signedIn.user.state;
  return mergeCarts
    .execute({ customerId: id, guestCart }, { ...context, actor: { kind: 'user', id, role } })
    .map(({ report }): CameIn => ({ ...signedIn, cartMerge: report }))
    .orElse(() => okAsync({ ...signedIn, cartMerge: null }));
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

function presentSignedIn({ user, tokens, cartMerge }: CameIn) {
  return {
    user: presentUser(user),
    ...presentTokens(tokens),
    cart_merge: cartMerge === null ? null : presentMerge(cartMerge),
  };
}
