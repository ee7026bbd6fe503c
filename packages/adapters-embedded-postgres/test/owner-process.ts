// A real owner for the tests: starts a server, says so in one line of JSON, and stops it
// when it reads "stop". On Ctrl-C it only says so: what happens next is up to the test.
import { EmbeddedPostgresUnavailable } from '../src/embedded-postgres.errors.ts';
import { startEmbeddedPostgres } from '../src/embedded-postgres.ts';

const dataFolder = process.argv[2];
if (dataFolder === undefined) throw new Error('usage: owner-process.ts <data folder>');

process.on('SIGINT', () => say({ event: 'interrupted' }));
try {
  const server = await startEmbeddedPostgres({
    dataFolder,
    settings: { fsync: 'off' },
    log: (line) => say({ event: 'log', line }),
  });
  say({ event: 'started', url: server.url });
  for await (const chunk of process.stdin) {
    if (String(chunk).includes('stop')) break;
  }
  await server.stop();
  say({ event: 'exited', ...(await server.exited) });
} catch (error) {
  if (!(error instanceof EmbeddedPostgresUnavailable)) throw error;
  say({ event: 'unavailable', message: error.message });
  process.exitCode = 3;
}

function say(report: object): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
