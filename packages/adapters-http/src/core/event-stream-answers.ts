import type { Context } from 'hono';

import type { RequestScope } from './request-scope.ts';

/** Server-sent events, each part as it is written. */
export type EventStreamAnswer = { readonly parts: AsyncIterable<string> };

/** Outside the envelope. Whoever hangs up ends the parts; whoever reads slowly has them wait. */
export function sendEventStream(
  context: Context<RequestScope>,
  { parts }: EventStreamAnswer,
): Response {
  context.set('isDressed', true);
  return new Response(ReadableStream.from(encoded(parts)), {
    status: 200,
    headers: {
      ...context.get('answerHeaders'),
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies that gather answers before they pass them on would gather this one for ever.
      'X-Accel-Buffering': 'no',
    },
  });
}

/** No generator: one that waits for its next part cannot be ended. */
function encoded(parts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = parts[Symbol.asyncIterator]();
      return {
        next: async () => {
          const next = await iterator.next();
          return next.done === true
            ? { done: true, value: undefined }
            : { done: false, value: encoder.encode(next.value) };
        },
        return: async () => {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
