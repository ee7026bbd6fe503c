import { setTimeout } from 'node:timers/promises';

import type { Pause } from '@kastoma/application/core';

export class SystemPause implements Pause {
  async for(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds);
  }
}
