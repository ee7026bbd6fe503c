import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { explainRefusal } from './embedded-postgres.errors.ts';

/** What stands where in the data folder. Only `cluster` belongs to the server's account. */
export interface DataFolder {
  readonly path: string;
  readonly cluster: string;
  readonly log: string;
  readonly lock: string;
  readonly ownerPid: string;
}

/** Opens the data folder for this user, making it when it is missing. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const absolute = resolve(path);
  return await explainRefusal(absolute, () => {
    mkdirSync(absolute, { recursive: true, mode: 0o700 });
    accessSync(absolute, constants.R_OK | constants.W_OK | constants.X_OK);
    // One folder has one name, whichever link led to it: the name identifies its server.
    const real = realpathSync(absolute);
    const folder = {
      path: real,
      cluster: join(real, 'cluster'),
      log: join(real, 'postgres.log'),
      lock: join(real, 'owner.lock'),
      ownerPid: join(real, 'owner.pid'),
    };
    for (const file of [folder.log, folder.lock]) {
      // Left by another user, root perhaps, who started here before.
      if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    }
    return folder;
  });
}
