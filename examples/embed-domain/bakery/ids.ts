import { randomUUID } from 'node:crypto';

/** The domain makes no ids, it is told them: UUIDs. Which kind one is, the place where it is used says. */
export function newId<Id extends string>(): Id {
  return randomUUID() as string as Id;
}
