import { createHash } from 'node:crypto';

/**
 * The version, and a hash of what is shown: a cart or a product changes on
 * screen (stock, price) without a new version.
 */
export function entityTag(version: number, data: unknown): string {
  return `"v${version}-${hashOf(JSON.stringify(data))}"`;
}

/** The tag of a file, which has no version. */
export function fileTag(bytes: Uint8Array): string {
  return `"${hashOf(bytes)}"`;
}

function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
}

/** Whether `If-None-Match` names the tag: RFC 9110, 13.1.2, by weak comparison. */
export function hasSeen(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const candidates = ifNoneMatch
    .split(',')
    .map((candidate) => candidate.trim().replace(/^W\//, ''));
  return candidates.includes('*') || candidates.includes(tag);
}
