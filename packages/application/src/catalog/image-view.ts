import type { PictureFormat, ProductImage } from '@kastoma/domain/catalog';

/** An image as it is shown: every address is whole. */
export type ImageView = {
  readonly id: string;
  readonly url: string;
  readonly alt: string;
  /** Null for one that was not uploaded here. */
  readonly width: number | null;
  readonly height: number | null;
  readonly renditions: readonly {
    readonly width: number;
    readonly height: number;
    readonly format: PictureFormat;
    readonly url: string;
  }[];
};

/** Where the shop serves its own media, where nothing else was said. */
export const OWN_MEDIA_URL = '/media';

const IS_ADDRESS = /^(?:\/|[a-z][a-z0-9+.-]*:)/i;

/** `mediaUrl` is where the shop's own media are served from. */
export function viewImage(image: ProductImage, mediaUrl: string = OWN_MEDIA_URL): ImageView {
  const addressOf = (url: string) => (IS_ADDRESS.test(url) ? url : `${mediaUrl}/${url}`);
  const { id, url, alt, details } = image;
  return {
    id,
    url: addressOf(url),
    alt,
    width: details?.width ?? null,
    height: details?.height ?? null,
    renditions: (details?.renditions ?? []).map((rendition) => ({
      ...rendition,
      url: addressOf(rendition.url),
    })),
  };
}
