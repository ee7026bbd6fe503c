import { randomUUID } from 'node:crypto';

import type { Context, MiddlewareHandler } from 'hono';

import { refuse, send } from './answers.ts';
import { CrossOrigin, type CrossOriginSettings } from './cross-origin.ts';
import { requestRefusal } from './request-problems.ts';
import type { RequestScope } from './request-scope.ts';
import { SECURITY_HEADERS, STRICT_TRANSPORT } from './security-headers.ts';
import { TrustedProxies } from './trusted-proxies.ts';

/** How the shop is reached from outside. */
export type DoorSettings = {
  /** Addresses and networks (CIDR) of the proxies whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly crossOrigin: CrossOriginSettings;
  /** Whether everybody comes over HTTPS, which one of the proxies ends. */
  readonly https: boolean;
};

/** A door that believes nobody and lets no other site read. */
export const CLOSED_DOOR: DoorSettings = {
  trustedProxies: [],
  crossOrigin: { origins: [], localhost: false },
  https: false,
};

const WELL_FORMED_ID = /^[\w.:=+/-]{1,128}$/;

/** One middleware for all that every answer needs; headers are collected as plain text, which is cheaper than as `Headers`. */
export function openDoor(settings: DoorSettings): MiddlewareHandler<RequestScope> {
  const proxies = new TrustedProxies(settings.trustedProxies);
  const crossOrigin = new CrossOrigin(settings.crossOrigin);
  return async (context, next) => {
    const { req } = context;
    const peer = context.env?.incoming?.socket.remoteAddress;
    const sent = req.header('x-request-id');
    const requestId = sent !== undefined && WELL_FORMED_ID.test(sent) ? sent : randomUUID();
    const isSecure = settings.https && proxies.isSecure(peer, req.header('x-forwarded-proto'));
    const headers = {
      'X-Request-Id': requestId,
      Vary: 'Origin',
      ...SECURITY_HEADERS,
      ...(isSecure ? STRICT_TRANSPORT : {}),
    };
    context.set('requestId', requestId);
    context.set('wantsProblemJson', wantsProblemJson(req.header('accept')));
    context.set('clientAddress', proxies.clientOf(peer, req.header('x-forwarded-for')));
    context.set('isSecure', isSecure);
    context.set('answerHeaders', headers);
    const origin = req.header('origin');
    if (origin !== undefined) {
      if (isPreflight(context)) return answerPreflight(context, crossOrigin, origin);
      Object.assign(headers, crossOrigin.headersFor(origin));
    }
    if (settings.https && !isSecure && !req.path.startsWith('/health')) return demandHttps(context);
    await next();
    if (!context.get('isDressed')) dress(context, headers);
    return undefined;
  };
}

function isPreflight({ req }: Context): boolean {
  return req.method === 'OPTIONS' && req.header('access-control-request-method') !== undefined;
}

function answerPreflight(
  context: Context<RequestScope>,
  crossOrigin: CrossOrigin,
  origin: string,
): Response {
  if (!crossOrigin.admits(origin))
    return send(context, refuse(requestRefusal('request.origin_not_allowed'), false));
  const headers = { ...crossOrigin.preflightHeadersFor(origin) };
  return send(context, { status: 204, headers, body: '' });
}

/** A question can be asked again over HTTPS; what was sent with a write is out already, and the client must hear of it. */
function demandHttps(context: Context<RequestScope>): Response {
  const { method, url } = context.req;
  if (method !== 'GET' && method !== 'HEAD')
    return send(context, refuse(requestRefusal('request.https_required'), false));
  const secure = new URL(url);
  secure.protocol = 'https:';
  secure.port = '';
  const refusal = refuse(requestRefusal('request.https_required'), false);
  return send(context, {
    ...refusal,
    status: 308,
    headers: { ...refusal.headers, Location: secure.href },
  });
}

function dress(context: Context<RequestScope>, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!context.res.headers.has(name)) context.header(name, value);
  }
}

/**
 * What the API says depends on who asks and in which form. Whoever takes no JSON at all is
 * told so; a missing header takes everything (RFC 9110, 12.5.1).
 */
export const negotiate: MiddlewareHandler<RequestScope> = async (context, next) => {
  context.get('answerHeaders')['Vary'] =
    'Accept, Authorization, Origin, X-Cart-Token, X-Order-Token';
  const header = context.req.header('accept') ?? '';
  const isAcceptable =
    header === '*/*' ||
    header.trim() === '' ||
    acceptedTypes(header).some(
      (type) => JSON_TYPES.has(type) || (type === 'text/html' && PAGES.test(context.req.path)),
    );
  return isAcceptable
    ? next()
    : send(context, refuse(requestRefusal('request.not_acceptable'), false));
};

/** What people print. */
const PAGES = /\/invoice\/?$/;

const JSON_TYPES = new Set([
  '*/*',
  'application/*',
  'application/json',
  'application/problem+json',
  // Files and streams are that; whatever goes wrong with them is told in JSON to those who asked for nothing else.
  'application/x-ndjson',
  'text/csv',
  'text/event-stream',
]);

function wantsProblemJson(accept: string | undefined): boolean {
  const header = accept?.toLowerCase() ?? '';
  return (
    header.includes('problem+json') && acceptedTypes(header).includes('application/problem+json')
  );
}

function acceptedTypes(header: string): readonly string[] {
  return header
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(?:\.0*)?\s*$/.test(range))
    .map((range) => (range.split(';')[0] ?? '').trim())
    .filter((type) => type !== '');
}
