import { lookup } from 'node:dns/promises';

import {
  GuardedWebhookAddresses,
  GuardedWebhookSender,
  type Resolve,
} from '@kastoma/adapters-http';
import type { WebhookAddresses, WebhookSender } from '@kastoma/application/notifications';

import type { Environment } from '../config/environment.ts';

/** How the shop calls those who want to be told. */
export type OpenedWebhooks = {
  readonly addresses: WebhookAddresses;
  readonly sender: WebhookSender;
};

/** As the system looks names up, its own file of hosts included. */
const resolve: Resolve = async (name) => {
  const found = await lookup(name, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};

export function openWebhooks({
  webhookTargets,
}: Pick<Environment, 'webhookTargets'>): OpenedWebhooks {
  return {
    addresses: new GuardedWebhookAddresses(webhookTargets, resolve),
    sender: new GuardedWebhookSender(webhookTargets, resolve),
  };
}
