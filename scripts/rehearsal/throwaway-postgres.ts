import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const KEEPER = resolve(import.meta.dirname, '../test-services-keeper.ts');

/** A PostgreSQL of this run alone, the one that tests use. */
export async function startThrowawayPostgres(): Promise<{
  readonly url: string;
  readonly stop: () => Promise<void>;
}> {
  const wanted = JSON.stringify({ postgres: true, redis: false });
  const keeper = spawn(process.execPath, [KEEPER, wanted], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [report] = (await once(keeper.stdout, 'data')) as [Buffer];
  const { postgresUrl } = JSON.parse(report.toString()) as { readonly postgresUrl: string };
  return {
    url: postgresUrl,
    stop: async () => {
      keeper.stdin.end();
      await once(keeper, 'close');
    },
  };
}
