import { SequentialIds } from '../ports/sequential-ids.ts';

/** A series of its own: what is built by hand never has the id of something that a use case made. */
export const builderIds = new SequentialIds(0xb);

let lastNumber = 0;

/** For names, addresses and codes that must differ. */
export function nextNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

export const BUILT_AT = Date.UTC(2026, 10, 20, 8);
