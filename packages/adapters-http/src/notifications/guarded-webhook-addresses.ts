import { isIP } from 'node:net';

import { err, ok, ResultAsync, type Result } from 'neverthrow';

import type {
  WebhookAddresses,
  WebhookAddressProblem,
  WebhookAddressRefused,
} from '@kastoma/application/notifications';
import type { WebhookUrl } from '@kastoma/domain/notifications';

import { isPublicAddress } from './public-addresses.ts';

/** Every address that stands behind a name; rejects where none does. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** `public`: what is everybody's and nothing else; `any`, where a shop is tried out on one machine. */
export type WebhookTargets = 'public' | 'any';

const LONGEST_URL = 2_000;
const HTTPS_PORT = 443;
/** Below it there are services of the system: mail, shells, directories. */
const LOWEST_OTHER_PORT = 1_024;
/** Names that are never everybody's (RFC 6761, 6762, 8375, and `internal` of ICANN). */
const INSIDE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home\.arpa|test|invalid)$/;

/**
 * Reads addresses as Node itself does when it calls them: 0x7f.1, 2130706433 and 017700000001 are
 * 127.0.0.1 by then. What stands behind a name is looked up and held against the same rule.
 */
export class GuardedWebhookAddresses implements WebhookAddresses {
  readonly #targets: WebhookTargets;
  readonly #resolve: Resolve;

  constructor(targets: WebhookTargets, resolve: Resolve) {
    this.#targets = targets;
    this.#resolve = resolve;
  }

  check(text: string): ResultAsync<WebhookUrl, WebhookAddressRefused> {
    const read = readUrl(text, this.#targets);
    return new ResultAsync(
      read.match(
        async (url) => {
          const problem = await this.#problemBehind(hostOf(url));
          return problem === null ? ok(url.href as WebhookUrl) : refused(problem);
        },
        async (problem) => refused(problem),
      ),
    );
  }

  async #problemBehind(host: string): Promise<WebhookAddressProblem | null> {
    if (this.#targets === 'any' || isIP(host) !== 0) return null;
    const addresses = await this.#resolve(host).catch(() => []);
    if (addresses.length === 0) return 'unresolvable';
    return addresses.every(isPublicAddress) ? null : 'inside';
  }
}

/** All that can be told of an address by looking at it. */
export function readUrl(text: string, targets: WebhookTargets): Result<URL, WebhookAddressProblem> {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_URL || !trimmed.isWellFormed() || !URL.canParse(trimmed))
    return err('malformed');
  const url = new URL(trimmed);
  // It stays with whoever calls, so that it means nothing here.
  url.hash = '';
  if (url.href.length > LONGEST_URL) return err('malformed');
  const isHttps = url.protocol === 'https:';
  if (!isHttps && (targets === 'public' || url.protocol !== 'http:')) return err('scheme');
  if (url.username !== '' || url.password !== '') return err('credentials');
  return targets === 'any' ? ok(url) : readPublic(url);
}

function readPublic(url: URL): Result<URL, WebhookAddressProblem> {
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port !== HTTPS_PORT && port < LOWEST_OTHER_PORT) return err('port');
  const host = hostOf(url);
  if (isIP(host) !== 0) return isPublicAddress(host) ? ok(url) : err('inside');
  // A name without a dot is completed by the network that one is in.
  return !host.includes('.') || INSIDE_NAME.test(host) ? err('inside') : ok(url);
}

/** As it is looked up: without the brackets of IPv6, and without the dot at the end of a whole name. */
export function hostOf({ hostname }: URL): string {
  return hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
}

function refused(reason: WebhookAddressProblem): Result<never, WebhookAddressRefused> {
  return err({ code: 'notifications.webhook_address_refused', path: ['url'], reason });
}
