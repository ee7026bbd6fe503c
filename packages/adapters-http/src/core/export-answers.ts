import type { Context } from 'hono';

import { refuse, send } from './answers.ts';
import type { ExportsUnderWay } from './exports-under-way.ts';
import { sendFile, type FileAnswer } from './file-answers.ts';
import { requestRefusal } from './request-problems.ts';
import type { RequestScope } from './request-scope.ts';

const RETRY_AFTER_SECONDS = 10;

/** A file that holds a connection while it is read, if there is room for one more; where its headers alone are asked for, it takes none. */
export function sendExport(
  context: Context<RequestScope>,
  file: FileAnswer,
  exportsUnderWay: ExportsUnderWay,
): Response {
  if (context.req.method === 'HEAD') return sendFile(context, file);
  const parts = exportsUnderWay.begin(file.parts);
  if (parts !== null) return sendFile(context, { ...file, parts });
  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
  const refusal = requestRefusal('service.too_many_exports', { headers });
  return send(context, refuse(refusal, context.get('wantsProblemJson')));
}
