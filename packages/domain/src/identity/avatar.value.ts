import { err, ok, type Result } from 'neverthrow';

/** Where a picture of somebody is found: an address that a page may show, and that runs nothing. */
export type AvatarUrl = string & { readonly __brand: 'AvatarUrl' };

export type InvalidAvatar = { readonly code: 'identity.invalid_avatar' };

const LONGEST_URL = 500;
/** `https` with a host and without a user's name; no quotation marks, angle brackets, backslashes or blanks. */
const SHAPE =
  /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][\w.~%:/?#[\]@!$&()*+,;=-]*)?$/i;

/** Reads a web address with `https`; nobody looks whether there is a picture. */
export function parseAvatar(text: string): Result<AvatarUrl, InvalidAvatar> {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST_URL && SHAPE.test(trimmed)
    ? ok(trimmed as AvatarUrl)
    : err({ code: 'identity.invalid_avatar' });
}
