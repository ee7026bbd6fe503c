import { ok, ResultAsync } from 'neverthrow';

import type { Clock } from '@kastoma/application/core';
import type {
  EndAllSessions,
  EndSession,
  SessionQueries,
  SessionView,
} from '@kastoma/application/identity';
import { formatInstant, type Actor, type SessionId } from '@kastoma/domain/core';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import { sessionAnswer, sessionParams } from './sessions.schemas.ts';

export type SessionUseCases = {
  readonly endSession: EndSession;
  readonly endAllSessions: EndAllSessions;
  readonly sessionQueries: SessionQueries;
  readonly clock: Clock;
};

const endsSessions = {
  tag: 'Auth',
  permission: 'account.own',
  status: 200,
  answer: nothingAnswer,
  present: () => null,
} as const;

export function sessionRoutes(useCases: SessionUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...endsSessions,
      method: 'post',
      path: '/auth/logout',
      summary: 'Sign out on this device: its refresh token and its access tokens are void',
      message: 'Signed out',
      handle: ({ userId, actor, context }) =>
        useCases.endSession.execute(
          { userId, sessionId: sessionOf(actor), expectedVersion: null },
          context,
        ),
    }),
    endpoint({
      ...endsSessions,
      method: 'post',
      path: '/auth/logout-all',
      summary: 'Sign out on all devices, this one included',
      message: 'Signed out everywhere',
      handle: ({ userId, context }) => useCases.endAllSessions.execute(userId, context),
    }),
    listEndpoint({
      method: 'get',
      path: '/auth/sessions',
      tag: 'Auth',
      summary: 'List the devices that I am signed in on, the one used last first',
      permission: 'account.own',
      query: pageOnlyQuery,
      message: 'Your sessions',
      answer: sessionAnswer,
      present: presentSession,
      handle: ({ userId, actor, query }) =>
        ResultAsync.fromSafePromise(
          useCases.sessionQueries.listOf(userId, useCases.clock.now(), toPageRequest(query)),
        ).andThen((page) => ok({ ...page, items: page.items.map(markedFor(sessionOf(actor))) })),
    }),
    endpoint({
      ...endsSessions,
      method: 'delete',
      path: '/auth/sessions/{id}',
      summary: 'Sign out on one of my devices',
      params: sessionParams,
      ifMatch: 'accepted',
      message: 'Signed out there',
      handle: ({ userId, params, expectedVersion, context }) =>
        useCases.endSession.execute({ userId, sessionId: params.id, expectedVersion }, context),
    }),
  ];
}

type MarkedSession = SessionView & { readonly isCurrent: boolean };

function markedFor(current: SessionId | null) {
  return (session: SessionView): MarkedSession => ({
    ...session,
    isCurrent: session.id === current,
  });
}

function sessionOf(actor: Actor): SessionId | null {
  return actor.kind === 'user' ? (actor.sessionId ?? null) : null;
}

function presentSession(session: MarkedSession) {
  const { id, device, address } = session;
  return {
    id,
    device,
    address,
    created_at: formatInstant(session.createdAt),
    last_used_at: formatInstant(session.lastUsedAt),
    expires_at: formatInstant(session.expiresAt),
    current: session.isCurrent,
  };
}
