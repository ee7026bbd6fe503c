import { err, ok, safeTry, type Result } from 'neverthrow';

import type { LocationId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { parseText, type FieldPath, type InvalidText } from '../core/text.value.ts';
import type { InventoryEvent } from './inventory.events.ts';

export type InvalidLocationCode = {
  readonly code: 'inventory.invalid_location_code';
  readonly path: FieldPath;
};

const CODE = /^[A-Z0-9][A-Z0-9-]{0,29}$/;
const LONGEST_NAME = 100;

export type LocationState = {
  readonly id: LocationId;
  /** What staff call it by: upper-case letters, digits and hyphens. */
  readonly code: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly createdAt: Instant;
};

/** A place where units are kept. */
export class Location {
  readonly state: LocationState;
  readonly pending: readonly InventoryEvent[];

  private constructor(state: LocationState, pending: readonly InventoryEvent[]) {
    this.state = Object.freeze(state);
    this.pending = pending;
    Object.freeze(this);
  }

  static create(input: {
    readonly id: LocationId;
    readonly code: string;
    readonly name: string;
    readonly at: Instant;
  }): Result<Location, InvalidLocationCode | InvalidText> {
    const { id, at } = input;
    return safeTry(function* () {
      const code = yield* parseLocationCode(input.code);
      const name = yield* parseText(input.name, { path: ['name'], maximumLength: LONGEST_NAME });
      const created: InventoryEvent = {
        type: 'inventory.location_created',
        schemaVersion: 1,
        aggregateId: id,
        aggregateVersion: 1,
        occurredAt: at,
        payload: { locationId: id, code, name },
      };
      return ok(new Location({ id, code, name, isDefault: false, createdAt: at }, [created]));
    });
  }

  /** For persistence only. */
  static restore(state: LocationState): Location {
    return new Location(state, []);
  }
}

/** Reads a code in either case. */
export function parseLocationCode(text: string): Result<string, InvalidLocationCode> {
  const code = text.trim().toUpperCase();
  return CODE.test(code)
    ? ok(code)
    : err({ code: 'inventory.invalid_location_code', path: ['code'] });
}
