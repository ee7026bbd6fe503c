import type { PaymentProvider } from '@kastoma/application/payments';
import type { PaymentMethod } from '@kastoma/domain/payments';

import { TOKENS } from '../../src/composition/tokens.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { openPool } from '../../src/server/connections.ts';
import { listen } from '../../src/server/http-server.ts';
import { logToStandardError } from '../../src/server/log.ts';
import { wireShop } from '../../src/server/wired-shop.ts';
import { DeathWatch, watchedProvider, watchStatements, type Death } from './death.ts';

// The whole shop as a process of its own that ends itself where it is told to. It serves requests and nothing else:
// what goes on beside them is left to those who come after. Told a death, or none, it counts anew and answers with
// what it had counted.

const WARM_CONNECTIONS = 4;

const environment = readEnvironment(process.env);
if (environment.isErr()) throw new Error(environment.error.join(' '));
const { host, port, databaseUrl } = environment.value;
const watch = new DeathWatch();
const http = await listen(host, port);
const { thing: database } = openPool(databaseUrl ?? '');
watchStatements(database, watch);
const circumstances = { database, url: http.url, isShuttingDown: () => false };
const wiring = await wireShop(environment.value, circumstances, logToStandardError, {});
const providers = wiring.get(TOKENS.paymentProviders) as Map<PaymentMethod, PaymentProvider>;
for (const [method, provider] of providers) providers.set(method, watchedProvider(provider, watch));
const app = wiring.get(TOKENS.httpApp);
http.serve((request, bindings) => app.fetch(request, bindings));
// What the driver asks on a new connection is not to be met in the middle of a request.
await Promise.all(Array.from({ length: WARM_CONNECTIONS }, () => database`select pg_sleep(0.05)`));

process.on('message', ({ death }: { readonly death: Death | null }) => {
  const { counts } = watch;
  watch.await(death);
  process.send?.({ counts });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.send?.({ url: http.url });
