import { ResultAsync } from 'neverthrow';

import type { AdministerUser, UserQueries, ViewProfile } from '@kastoma/application/identity';
import { formatInstant } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { accountAnswer, administerUserBody, userParams, usersQuery } from './users.schemas.ts';

export type UserUseCases = {
  readonly userQueries: UserQueries;
  readonly viewProfile: ViewProfile;
  readonly administerUser: AdministerUser;
};

const showsAccount = { tag: 'Users', answer: accountAnswer, present: presentAccount } as const;
const versionOf = ({ version }: User) => version;

export function userRoutes(useCases: UserUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsAccount,
      method: 'get',
      path: '/users',
      summary: 'List and search the accounts, the latest first',
      permission: 'users.read',
      query: usersQuery,
      message: 'Accounts',
      handle: ({ query: { search, role = null, active, ...page } }) =>
        ResultAsync.fromSafePromise(
          useCases.userQueries.list(
            {
              search: search?.trim() ? search.trim() : null,
              role,
              active: active === undefined ? null : active === 'true',
            },
            toPageRequest(page),
          ),
        ),
    }),
    endpoint({
      ...showsAccount,
      method: 'get',
      path: '/users/{id}',
      summary: 'Read an account',
      permission: 'users.read',
      params: userParams,
      status: 200,
      message: 'Account',
      versionOf,
      handle: ({ params }) => useCases.viewProfile.execute(params.id),
    }),
    endpoint({
      ...showsAccount,
      method: 'patch',
      path: '/users/{id}',
      summary: 'Give an account another role or other groups, shut it out or let it in again',
      permission: 'users.manage',
      params: userParams,
      body: administerUserBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Account changed',
      versionOf,
      handle: ({ params, body: changes, expectedVersion, context }) =>
        useCases.administerUser.execute({ userId: params.id, changes, expectedVersion }, context),
    }),
  ];
}

function presentAccount(user: User) {
  const { state, version } = user;
  return {
    id: state.id,
    email: state.email,
    first_name: state.firstName,
    last_name: state.lastName,
    phone: state.phone,
    locale: state.locale,
    role: state.role,
    active: user.isActive,
    groups: [...state.groups],
    email_verified: state.emailVerified,
    version,
    created_at: formatInstant(state.createdAt),
  };
}
