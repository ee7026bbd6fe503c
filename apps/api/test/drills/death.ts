import { connect, type Socket } from 'node:net';

import type { Database } from '@kastoma/adapters-postgres';
import type { PaymentProvider } from '@kastoma/application/payments';

/** Where a process ends itself: before or after a statement or a call to a payment provider, counted from 1. */
export type Death = {
  readonly of: 'statement' | 'call';
  readonly when: 'before' | 'after';
  readonly at: number;
};

/** How many there were, as they are seen before and after. */
export type Counts = Readonly<Record<Death['of'], Readonly<Record<Death['when'], number>>>>;

/** For the types of arrays, once on each new connection. */
const ASKED_BY_THE_DRIVER = 'select b.oid, b.typarray from pg_catalog.pg_type';
const COMMAND_COMPLETE = 'C'.codePointAt(0);
const LENGTH_OF_A_HEAD = 5;

type Step = Record<Death['when'], number>;

/** Counts what a process does outside of itself, and ends it where it is told to. */
export class DeathWatch {
  readonly #steps: Readonly<Record<Death['of'], Step>> = {
    statement: { before: 0, after: 0 },
    call: { before: 0, after: 0 },
  };
  #death: Death | null = null;

  /** Counts anew. */
  await(death: Death | null): void {
    this.#death = death;
    for (const step of Object.values(this.#steps)) Object.assign(step, { before: 0, after: 0 });
  }

  get counts(): Counts {
    return structuredClone(this.#steps);
  }

  begins(of: Death['of']): void {
    this.#count(of, 'before');
  }

  ends(of: Death['of']): void {
    this.#count(of, 'after');
  }

  #count(of: Death['of'], when: Death['when']): void {
    this.#steps[of][when] += 1;
    const death = this.#death;
    if (death?.of !== of || death.when !== when || death.at !== this.#steps[of][when]) return;
    process.kill(process.pid, 'SIGKILL');
  }
}

/** Sees each statement before it is sent, and its success before anybody here hears of it. */
export function watchStatements({ options }: Database, watch: DeathWatch): void {
  const watched = options as unknown as {
    debug: (connection: number, statement: string) => void;
    socket: (to: { readonly host: string[]; readonly port: number[] }) => Promise<Socket>;
  };
  watched.debug = (_connection, statement) => {
    const told = statement.replaceAll(/\s+/g, ' ').trim();
    if (!told.startsWith(ASKED_BY_THE_DRIVER)) watch.begins('statement');
  };
  watched.socket = ({ host, port }) =>
    new Promise((resolve, reject) => {
      const socket = connect(port[0] ?? 0, host[0] ?? '');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(socket);
      });
      // Before the driver's own listener.
      socket.on(
        'data',
        messageReader((type) => {
          if (type === COMMAND_COMPLETE) watch.ends('statement');
        }),
      );
    });
}

/** Tells the type of each message of the server's, however its bytes arrive. */
function messageReader(tell: (type: number) => void): (bytes: Buffer) => void {
  let unread = Buffer.alloc(0);
  return (bytes) => {
    unread = Buffer.concat([unread, bytes]);
    while (unread.length >= LENGTH_OF_A_HEAD && unread.length > unread.readUInt32BE(1)) {
      tell(unread[0] ?? 0);
      unread = unread.subarray(unread.readUInt32BE(1) + 1);
    }
  };
}

const CALLS = ['authorize', 'capture', 'void', 'refund', 'find'] as const;

/** The same provider, with each call to it seen. */
export function watchedProvider(provider: PaymentProvider, watch: DeathWatch): PaymentProvider {
  const watched = Object.fromEntries(
    CALLS.map((name) => [
      name,
      async (...[request]: Parameters<PaymentProvider[typeof name]>) => {
        watch.begins('call');
        const answer = await provider[name](request);
        watch.ends('call');
        return answer;
      },
    ]),
  ) as Pick<PaymentProvider, (typeof CALLS)[number]>;
  return {
    method: provider.method,
    parseWebhook: (body, header) => provider.parseWebhook(body, header),
    ...watched,
  };
}
