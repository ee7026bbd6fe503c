import { openRelay, type Mishaps } from './relay.ts';

// A relay as a process of its own, to be killed. It stops where it is told to and says so, or goes on.

const [url = '', place] = process.argv.slice(2);

const hang = async (): Promise<never> => {
  process.stdout.write('here\n');
  return Promise.withResolvers<never>().promise;
};

const MISHAPS: Readonly<Record<string, Mishaps>> = {
  before_the_effect: { before: hang },
  before_the_commit: { after: hang },
  after_the_errand: { after: hang },
};

const { relay, run } = openRelay(url, MISHAPS[place ?? ''] ?? {}, place === 'after_the_errand');
if (place === 'after_the_commit') {
  const [delivery] = await relay.claim(1);
  if (delivery !== undefined) await relay.deliver(delivery);
  await hang();
}
process.stdout.write('running\n');
await run();
// Keeps the process until it is killed, also when there is no more to do.
setInterval(() => undefined, 1_000);
