import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { hourly } from './hourly.ts';
import { describeFailure, type Log } from './log.ts';

/** Deletes now and every hour the files of images that no product shows. Returns how to end it. */
export function deleteUnusedMediaHourly(wiring: Wiring, log: Log): () => void {
  const deleteUnusedMedia = wiring.get(TOKENS.deleteUnusedMedia);
  return hourly(
    () => deleteUnusedMedia.execute(systemContext('media-retention')),
    (error) => {
      log('warning', 'Unused images could not be deleted', describeFailure(error));
    },
  );
}
