import { createHash } from 'node:crypto';

/**
 * The version, and a hash of what is shown: a cart or a product changes on
 * screen (stock, price) without a new version.
 */
export function entityTag(version: number, hash: string): string {
  return `"v${version}-${hash}"`;
}

/** The tag of what has no version. */
export function unversionedTag(hash: string): string {
  return `"${hash}"`;
}

/** The tag of a part of a list, which has no version: of what is shown and where more of it is. */
export function listTag(hash: string, pagination: string): string {
  return unversionedTag(hashOf(`${hash} ${pagination}`));
}

/** The tag of a file, which has no version. */
export function fileTag(bytes: Uint8Array): string {
  return unversionedTag(hashOf(bytes));
}

export function hashOf(bytes: string | Uint8Array): string {
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
