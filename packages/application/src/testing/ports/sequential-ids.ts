import type { IdGenerator } from '../../core/id-generator.port.ts';

/** The same UUIDs in every run, each larger than the one before; two series share none. */
export class SequentialIds implements IdGenerator {
  readonly #prefix: string;
  #last = 0;

  constructor(series: number = 1) {
    this.#prefix = `01900000-0000-7${hexadecimal(series, 3)}-8000`;
  }

  next<NewId extends string>(): NewId {
    this.#last += 1;
    return `${this.#prefix}-${hexadecimal(this.#last, 12)}` as NewId;
  }
}

function hexadecimal(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
