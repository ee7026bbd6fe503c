import { setTimeout } from 'node:timers/promises';

import type { Pause } from '@kastoma/application/core';

export class SystemPause implements Pause {
  async for(milliseconds: number, signal?: AbortSignal): Promise<void> {
    try {
      await setTimeout(milliseconds, undefined, { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  }
}
