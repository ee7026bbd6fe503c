import { randomUUID } from 'node:crypto';

import type { KeptAnswer } from '@kastoma/application/core';

import { refuse } from './answers.ts';
import { requestRefusal, type RequestProblemCode } from './request-problems.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** An answer to what never reaches the routes: bytes that are no request, or a shop that is not open yet. */
export function refuseEarly(
  code: RequestProblemCode,
  headers: Record<string, string> = {},
): KeptAnswer {
  const { status, headers: own, body } = refuse(requestRefusal(code, { headers }), false);
  return { status, headers: { ...SECURITY_HEADERS, 'X-Request-Id': randomUUID(), ...own }, body };
}
