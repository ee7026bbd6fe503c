/** The name under which a file is stored: `images/<id of the image>/<name>`. No two files ever have the same. */
export type MediaKey = string & { readonly __brand: 'MediaKey' };

export const MEDIA_TYPES = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
} as const;

type MediaExtension = keyof typeof MEDIA_TYPES;
export type MediaType = (typeof MEDIA_TYPES)[MediaExtension];

const MEDIA_KEY =
  /^images\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\/[a-z0-9-]{1,40}\.(jpg|png|webp)$/;

/** Whether a text is a name that a file could have: nothing in it climbs out of a folder. */
export function isMediaKey(text: string): text is MediaKey {
  return MEDIA_KEY.test(text);
}

/** What its name says that a file is. */
export function mediaTypeOf(key: MediaKey): MediaType {
  return MEDIA_TYPES[key.slice(key.lastIndexOf('.') + 1) as MediaExtension];
}
