/** What can be done to the machines of a shop. Each rejects where it failed. */
export type Fleet = {
  readonly replicas: readonly string[];
  /** Brings the database up to date with the version; the one before goes on serving. */
  readonly migrate: (version: string) => Promise<void>;
  /** Has a replica run the version, and settles when it is ready. */
  readonly replace: (replica: string, version: string) => Promise<void>;
  /** Rejects where the shop does not do what it should. */
  readonly smoke: () => Promise<void>;
};

export type RollOut = {
  readonly from: string;
  readonly to: string;
  readonly tell: (line: string) => void;
};

/** The new version was taken back; the one before serves. */
export class RolledBack extends Error {}

/**
 * Migrates, replaces one replica after the other, looks whether the shop still sells, and takes everything back
 * where it does not. The database stays as it is: what a version adds does no harm to the one before.
 */
export async function rollOut(fleet: Fleet, { from, to, tell }: RollOut): Promise<void> {
  tell(`migrate to ${to}`);
  await fleet.migrate(to);
  const replaced: string[] = [];
  try {
    for (const replica of fleet.replicas) {
      tell(`${replica}: ${from} -> ${to}`);
      replaced.push(replica);
      await fleet.replace(replica, to);
    }
    tell('smoke');
    await fleet.smoke();
  } catch (error) {
    tell(`failed: ${error instanceof Error ? error.message : String(error)}`);
    for (const replica of replaced.toReversed()) {
      tell(`${replica}: ${to} -> ${from}`);
      await fleet.replace(replica, from);
    }
    tell('smoke');
    await fleet.smoke();
    throw new RolledBack(`${to} was taken back, and ${from} serves.`, { cause: error });
  }
  tell(`${to} serves`);
}
