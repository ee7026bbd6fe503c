import type { Context } from 'hono';

import type { RequestScope } from './request-scope.ts';

/** A file that is written while it is read: as much of it is made as the client takes. */
export type FileAnswer = {
  readonly type: string;
  readonly name: string;
  readonly parts: AsyncIterable<string> | Iterable<string>;
  /** Set of a page, which is shown and not put away: the policy that it is shown under. */
  readonly contentSecurityPolicy?: string;
};

/** Outside the envelope, as files are. What fails on the way ends the connection: a file that is not whole does not look whole. */
export function sendFile(
  context: Context<RequestScope>,
  { type, name, parts, contentSecurityPolicy }: FileAnswer,
): Response {
  context.set('isDressed', true);
  const isPage = contentSecurityPolicy !== undefined;
  return new Response(ReadableStream.from(encoded(parts)), {
    status: 200,
    headers: {
      ...context.get('answerHeaders'),
      'Content-Type': type,
      ...(isPage ? { 'Content-Security-Policy': contentSecurityPolicy } : {}),
      'Content-Disposition': `${isPage ? 'inline' : 'attachment'}; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  });
}

async function* encoded(parts: FileAnswer['parts']): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const part of parts) if (part !== '') yield encoder.encode(part);
}
