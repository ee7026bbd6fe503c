import { BlockList, isIPv4 } from 'node:net';

import { readIpAddress } from './ip-address.ts';

/** A client sends as many hops as it likes; nobody has more proxies of their own. */
const MOST_HOPS = 16;

/** The proxies whose word is taken for where a request comes from. */
export class TrustedProxies {
  readonly #networks = new BlockList();
  readonly #isEmpty: boolean;

  /** Addresses, or networks as CIDR. */
  constructor(networks: readonly string[]) {
    this.#isEmpty = networks.length === 0;
    for (const network of networks) {
      const [address = '', bits] = network.split('/');
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      const length = bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits);
      this.#networks.addSubnet(address, length, family);
    }
  }

  /**
   * Each proxy adds on the right whom it heard from. So the list is read from there,
   * past those that are trusted: what stands further left was written by a stranger.
   */
  clientOf(peer: string | undefined, forwardedFor: string | undefined): string {
    const known = readIpAddress(peer ?? '') ?? 'unknown';
    if (forwardedFor === undefined || !this.trusts(known)) return known;
    let nearest = known;
    for (const hop of forwardedFor.split(',').slice(-MOST_HOPS).toReversed()) {
      const address = readIpAddress(hop);
      if (address === null) return nearest;
      nearest = address;
      if (!this.trusts(nearest)) return nearest;
    }
    return nearest;
  }

  /** Whether a proxy that is trusted says that it was spoken to over HTTPS. */
  isSecure(peer: string | undefined, forwardedProtocol: string | undefined): boolean {
    if (forwardedProtocol === undefined || !this.trusts(readIpAddress(peer ?? '') ?? ''))
      return false;
    return forwardedProtocol.split(',').at(-1)?.trim().toLowerCase() === 'https';
  }

  trusts(address: string): boolean {
    if (this.#isEmpty) return false;
    return this.#networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }
}
