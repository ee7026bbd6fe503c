const GROUPS = 8;

/**
 * Whoever has one IPv6 address has all 2^64 of its network, so attempts are counted
 * by the first 64 bits. An IPv4 address is one customer's, however it is written.
 */
export function networkOf(clientAddress: string): string {
  const address = clientAddress.split('%')[0] ?? '';
  if (!address.includes(':')) return address;
  const groups = groupsOf(address);
  const mapped = ipv4In(groups);
  if (mapped !== null) return mapped;
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

function groupsOf(address: string): readonly number[] {
  const [head = '', tail = ''] = address.split('::');
  const first = readGroups(head);
  const last = readGroups(tail);
  const missing = Math.max(0, GROUPS - first.length - last.length);
  return [...first, ...Array.from({ length: missing }, () => 0), ...last];
}

function readGroups(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

/** RFC 4291, 2.5.5.2: `::ffff:192.0.2.1`. */
function ipv4In(groups: readonly number[]): string | null {
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
