import type { Jitter } from '../../core/jitter.port.ts';

/** Leaves every length as it is. */
export class SteadyJitter implements Jitter {
  spread(seconds: number): number {
    return seconds;
  }
}
