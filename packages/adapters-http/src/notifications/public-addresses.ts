import { BlockList, isIP } from 'node:net';

/** What IANA's registries of special addresses keep for networks of one's own, for machines themselves, or for nobody. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  // Shared by the customers of a provider (CGNAT).
  '100.64.0.0/10',
  '127.0.0.0/8',
  // Link-local; clouds tell their machines secrets at 169.254.169.254.
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Multicast, and what is reserved above it, the broadcast address included.
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * All that is everybody's is below 2000::/3. So nothing else is named one by one: neither this
 * machine (::1), nor link-local (fe80::/10), unique local (fc00::/7) and multicast (ff00::/8)
 * addresses, nor those that hold an IPv4 address (::ffff:0:0/96, ::/96, 64:ff9b::/96).
 */
const GLOBAL_IPV6 = '2000::/3';
const SPECIAL_IPV6 = [
  // Protocols of their own, Teredo (2001::/32) among them, which holds an IPv4 address.
  '2001::/23',
  '2001:db8::/32',
  // 6to4, which holds an IPv4 address.
  '2002::/16',
  '3fff::/20',
];

const special = listOf(SPECIAL_IPV4, 'ipv4');
const global6 = listOf([GLOBAL_IPV6], 'ipv6');
const special6 = listOf(SPECIAL_IPV6, 'ipv6');

/** Whether an address is everybody's, as opposed to one that leads inside. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      // With a zone it is of one network alone.
      return (
        !address.includes('%') && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
      );
    default:
      return false;
  }
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
