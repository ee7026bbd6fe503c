import type { Pause } from '../../core/pause.port.ts';

/** Lasts until it is let pass, or is not wanted any more; knows who waits for how long. */
export class HeldPause implements Pause {
  readonly #waiting = new Map<() => void, number>();

  async for(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      resolve();
    });
    await promise;
    this.#waiting.delete(resolve);
  }

  get milliseconds(): readonly number[] {
    return [...this.#waiting.values()];
  }

  /** Has all of that time pass. */
  pass(): void {
    for (const resolve of this.#waiting.keys()) resolve();
  }
}
