import type { Jitter } from '@kastoma/application/core';

export class RandomJitter implements Jitter {
  spread(seconds: number): number {
    return (seconds / 2) * (1 + Math.random());
  }
}
