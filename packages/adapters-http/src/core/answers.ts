import type { Context } from 'hono';

import type { KeptAnswer } from '@kastoma/application/core';

import { listTag } from './entity-tag.ts';
import type { Problem, ProblemStatus } from './problem-map.ts';
import type { Rendering } from './rendering.ts';
import type { RequestScope } from './request-scope.ts';

export type Pagination = {
  /** Null where nobody counts. */
  readonly count: number | null;
  readonly count_is_exact: boolean;
  readonly next: string | null;
  readonly previous: string | null;
  readonly page_size: number;
  /** Only where they were asked for. */
  readonly facets?: readonly PresentedFacet[];
};

/** How many items of the list have which value. */
type PresentedFacet = {
  readonly name: string;
  readonly count_is_exact: boolean;
  readonly values: readonly {
    readonly label: string;
    readonly query: Readonly<Record<string, string>>;
    readonly count: number;
  }[];
};

const JSON_TYPE = 'application/json; charset=utf-8';

/** The one shape of every answer; data and pagination are written already. */
function envelope(parts: {
  readonly data: string;
  readonly message: string;
  readonly errors: readonly Problem[] | null;
  readonly pagination?: string;
}): string {
  const { data, message, errors, pagination = 'null' } = parts;
  const told = `"message":${JSON.stringify(message)},"errors":${JSON.stringify(errors)}`;
  return `{"success":${errors === null},"data":${data},${told},"pagination":${pagination}}`;
}

export function answer(
  status: number,
  message: string,
  rendering: Rendering,
  tag: string | null,
): KeptAnswer {
  const headers = tag === null ? {} : { ETag: tag };
  return {
    status,
    headers: { 'Content-Type': JSON_TYPE, ...headers },
    body: envelope({ data: rendering.json, message, errors: null }),
  };
}

export function answerList(
  message: string,
  { json, hash }: Rendering,
  pagination: Pagination,
): KeptAnswer {
  const place = JSON.stringify(pagination);
  const links = [
    ...(pagination.next === null ? [] : [`<${pagination.next}>; rel="next"`]),
    ...(pagination.previous === null ? [] : [`<${pagination.previous}>; rel="prev"`]),
  ];
  return {
    status: 200,
    headers: {
      'Content-Type': JSON_TYPE,
      ETag: listTag(hash, place),
      ...(links.length === 0 ? {} : { Link: links.join(', ') }),
    },
    body: envelope({ data: json, message, errors: null, pagination: place }),
  };
}

const TITLES: Record<ProblemStatus | 500, string> = {
  301: 'Moved',
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Took too long',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'The request breaks a rule',
  428: 'Precondition required',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

export type Refusal = {
  readonly status: ProblemStatus | 500;
  readonly problems: readonly [Problem, ...Problem[]];
  readonly headers?: Record<string, string>;
};

/** A refusal in the form that the client asked for: the envelope, or problem+json (RFC 9457). */
export function refuse(
  { status, problems, headers = {} }: Refusal,
  wantsProblemJson: boolean,
): KeptAnswer {
  const [first] = problems;
  const kept = { 'Cache-Control': 'no-store', ...headers };
  if (!wantsProblemJson) {
    const body = envelope({ data: 'null', message: first.message, errors: problems });
    return { status, headers: { ...kept, 'Content-Type': JSON_TYPE }, body };
  }
  const { code, message, detail, path } = first;
  const body = JSON.stringify({
    type: 'about:blank',
    title: TITLES[status],
    status,
    detail: message,
    code,
    path,
    context: detail,
    errors: problems,
  });
  return { status, headers: { ...kept, 'Content-Type': 'application/problem+json' }, body };
}

/** Sends it with the headers that the request's scope has set. Plain, they go out as they are. */
export function send(
  context: Context<RequestScope>,
  { status, headers, body }: KeptAnswer,
): Response {
  context.set('isDressed', true);
  return new Response(hasNoBody(status) ? null : body, {
    status,
    headers: { ...context.get('answerHeaders'), ...headers },
  });
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}
