import { ok, safeTry } from 'neverthrow';

import { describeActor, parseText, type OrderId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import type { IdGenerator } from '../core/id-generator.port.ts';
import type { OrderNote } from './order-notes.port.ts';
import type { OrderingUnitOfWork } from './ordering.unit-of-work.ts';

const LONGEST_NOTE = 2_000;

export type WriteOrderNoteCommand = {
  readonly orderId: OrderId;
  readonly text: string;
  /** For those who work here alone. */
  readonly internal: boolean;
};

type Dependencies = {
  readonly unitOfWork: OrderingUnitOfWork;
  readonly ids: IdGenerator;
  readonly clock: Clock;
};

/** Writes something down about an order; the order itself stays as it is. */
export class WriteOrderNote {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  execute({ orderId, text, internal }: WriteOrderNoteCommand, context: CallContext) {
    const { unitOfWork, ids, clock } = this.#dependencies;
    return unitOfWork.run(context, ({ orders, notes }) =>
      safeTry(async function* () {
        const rule = { path: ['text'], maximumLength: LONGEST_NOTE, multiline: true };
        const note: OrderNote = {
          id: ids.next(),
          orderId,
          author: describeActor(context.actor),
          text: yield* parseText(text, rule),
          internal,
          at: clock.now(),
        };
        yield* orders.hold(orderId, null);
        yield* notes.add(note);
        return ok(note);
      }),
    );
  }
}
