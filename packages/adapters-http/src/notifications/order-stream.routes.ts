import {
  bodyOf,
  writePosition,
  type FollowOrderEvents,
  type OrderEventStream,
  type StreamPart,
} from '@kastoma/application/notifications';

import { streamEndpoint, type Endpoint } from '../core/endpoint.ts';

export type OrderStreamUseCases = { readonly followOrderEvents: FollowOrderEvents };

/** How soon a client that was cut off comes back. */
const COME_BACK_MILLISECONDS = 2_000;

export function orderStreamRoutes({ followOrderEvents }: OrderStreamUseCases): readonly Endpoint[] {
  return [
    streamEndpoint({
      method: 'get',
      path: '/orders/stream',
      tag: 'Orders',
      summary:
        'Follow what happens to orders, as server-sent events; `Last-Event-ID` goes on where one was',
      permission: 'orders.read_all',
      message: 'Events of orders, each with the data that webhooks have',
      handle: ({ lastEventId, mayGoOn }) =>
        followOrderEvents
          .execute({ lastEventId, mayGoOn })
          .map((stream) => ({ parts: written(stream) })),
    }),
  ];
}

function written(stream: OrderEventStream): AsyncIterable<string> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const { done, value } = await stream.next();
        return done === true ? { done, value: undefined } : { done: false, value: write(value) };
      },
      return: async () => {
        await stream.return();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** As HTML's section on server-sent events has it; JSON has no line breaks. */
function write(part: StreamPart): string {
  switch (part.kind) {
    case 'position':
      // Without data it is no event, and a client that is cut off before the first one comes back to here.
      return `retry: ${COME_BACK_MILLISECONDS}\nid: ${writePosition(part.position)}\n\n`;
    case 'events':
      return part.events
        .map(
          ({ position, event }) =>
            `id: ${writePosition(position)}\nevent: ${event.type}\ndata: ${bodyOf(event)}\n\n`,
        )
        .join('');
    case 'heartbeat':
      return ': still here\n\n';
  }
}
