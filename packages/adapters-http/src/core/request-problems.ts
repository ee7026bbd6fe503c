import type { z } from '@hono/zod-openapi';

import type { Refusal } from './answers.ts';
import { describeIssue } from './describe-issue.ts';
import type { Problem, ProblemStatus } from './problem-map.ts';

/** What is wrong with a request before any use case sees it. */
const REQUEST_PROBLEMS = {
  'request.malformed_http': [400, 'The request is not well-formed HTTP.'],
  'request.malformed_json': [400, 'The body is not JSON.'],
  'request.malformed_form': [400, 'The body is not a form as its Content-Type says.'],
  'request.body_required': [400, 'A JSON body is required.'],
  'request.malformed_header': [400, 'A header is malformed.'],
  'request.idempotency_key_required': [400, 'The header Idempotency-Key is required here.'],
  'request.not_signed_in': [401, 'Sign in first.'],
  'request.https_required': [403, 'The shop is spoken to over HTTPS alone.'],
  'request.origin_not_allowed': [403, 'Pages of this origin may not call the shop.'],
  'request.not_allowed': [403, 'You are not allowed to do this.'],
  'request.not_found': [404, 'There is nothing here.'],
  'request.method_not_allowed': [405, 'This method is not offered here.'],
  'request.not_acceptable': [406, 'Answers are JSON.'],
  'request.timed_out': [408, 'The request took too long to arrive.'],
  'request.too_large': [413, 'The body is too large.'],
  'request.unsupported_media_type': [415, 'The body must be application/json.'],
  'request.invalid_text': [422, 'Text must be well-formed Unicode without NUL characters.'],
  'request.repeated_parameter': [422, 'A parameter is given once.'],
  'request.too_deep': [422, 'The body is nested too deeply.'],
  'request.too_many_values': [422, 'The body holds too many values.'],
  'request.too_many_requests': [429, 'Too many requests. Try again a little later.'],
  'request.headers_too_large': [431, 'The address or the headers are too long.'],
  'service.too_many_exports': [
    503,
    'So many files are being exported already that there is no room. Try again shortly.',
  ],
  'service.unavailable': [503, 'The shop cannot answer right now. Try again shortly.'],
} as const satisfies Record<string, readonly [ProblemStatus, string]>;

export type RequestProblemCode = keyof typeof REQUEST_PROBLEMS;

export const REQUEST_PROBLEM_STATUSES: Readonly<Record<string, ProblemStatus>> = Object.fromEntries(
  Object.entries(REQUEST_PROBLEMS).map(([code, [status]]) => [code, status]),
);

export function requestRefusal(
  code: RequestProblemCode,
  parts: {
    readonly path?: string;
    readonly message?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Refusal {
  const [status, message] = REQUEST_PROBLEMS[code];
  // The request as a whole has no name.
  const path = parts.path === undefined || parts.path === '' ? null : parts.path;
  const problem = { code, message: parts.message ?? message, path, detail: {} };
  return { status, problems: [problem], headers: parts.headers ?? {} };
}

const MOST_ISSUES = 20;

/** A body or a query that does not fit its schema: each wrong field by its path. */
export function schemaRefusal(error: z.ZodError): Refusal {
  const problems = error.issues.flatMap(toProblems).slice(0, MOST_ISSUES);
  const [first = UNEXPLAINED, ...others] = problems;
  return { status: 422, problems: [first, ...others] };
}

const UNEXPLAINED: Problem = {
  code: 'request.invalid',
  message: 'The request is not valid.',
  path: null,
  detail: {},
};

function toProblems(issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.map(String);
  const at = (parts: readonly string[]) => (parts.length === 0 ? null : parts.join('.'));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'request.unknown_field',
      message: 'This field is not known here.',
      path: at([...path, key]),
      detail: {},
    }));
  }
  const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  const detail: unknown = issue.code === 'custom' ? issue.params?.['detail'] : undefined;
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    {
      code:
        typeof own === 'string' ? own : missing ? 'request.missing_field' : 'request.invalid_field',
      message: missing ? 'This field is required.' : describeIssue(issue),
      path: at(path),
      detail: typeof detail === 'object' && detail !== null ? detail : {},
    },
  ];
}
