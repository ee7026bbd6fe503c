import type { Pause } from '../../core/pause.port.ts';

/** Waits for nothing, and knows for how long. */
export class RecordedPause implements Pause {
  readonly #pauses: number[] = [];

  async for(milliseconds: number): Promise<void> {
    this.#pauses.push(milliseconds);
  }

  get milliseconds(): readonly number[] {
    return this.#pauses;
  }
}
