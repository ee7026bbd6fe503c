import { randomUUID } from 'node:crypto';

import type { MiddlewareHandler } from 'hono';

import { refuse, send } from './answers.ts';
import { requestRefusal } from './request-problems.ts';

/** What every handler knows of the request it serves. */
export type RequestScope = {
  Bindings: { readonly incoming?: { readonly socket: { readonly remoteAddress?: string } } };
  Variables: {
    requestId: string;
    wantsProblemJson: boolean;
    clientAddress: string;
  };
};

/** On every answer: it is what it says it is, it tells nobody where it was read, and nobody frames it. */
export const SCOPE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
};

const WELL_FORMED_ID = /^[\w.:=+/-]{1,128}$/;

/** One middleware for all that every answer needs; headers are set before the handler runs, which is cheaper than after. */
export const openRequestScope: MiddlewareHandler<RequestScope> = async (context, next) => {
  const sent = context.req.header('x-request-id');
  const requestId = sent !== undefined && WELL_FORMED_ID.test(sent) ? sent : randomUUID();
  const accepted = acceptedTypes(context.req.header('accept'));
  context.set('requestId', requestId);
  context.set('wantsProblemJson', accepted.includes('application/problem+json'));
  context.set('clientAddress', context.env?.incoming?.socket.remoteAddress ?? 'unknown');
  context.header('X-Request-Id', requestId);
  for (const [name, value] of Object.entries(SCOPE_HEADERS)) context.header(name, value);
  return next();
};

/**
 * What the API says depends on who asks and in which form. Whoever takes no JSON at all is
 * told so; a missing header takes everything (RFC 9110, 12.5.1).
 */
export const negotiate: MiddlewareHandler<RequestScope> = async (context, next) => {
  context.header('Vary', 'Accept, Authorization');
  const header = context.req.header('accept') ?? '';
  const isAcceptable =
    header.trim() === '' || acceptedTypes(header).some((type) => JSON_TYPES.has(type));
  return isAcceptable
    ? next()
    : send(context, refuse(requestRefusal('request.not_acceptable'), false));
};

const JSON_TYPES = new Set([
  '*/*',
  'application/*',
  'application/json',
  'application/problem+json',
]);

function acceptedTypes(header: string | undefined): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(?:\.0*)?\s*$/.test(range))
    .map((range) => (range.split(';')[0] ?? '').trim())
    .filter((type) => type !== '');
}
