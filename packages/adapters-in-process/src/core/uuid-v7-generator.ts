import { v7 } from 'uuid';

import type { IdGenerator } from '@kastoma/application/core';

/** RFC 9562 version 7: later ids sort after earlier ones, so indexes grow at one end. */
export class UuidV7Generator implements IdGenerator {
  next<NewId extends string>(): NewId {
    return v7() as NewId;
  }
}
