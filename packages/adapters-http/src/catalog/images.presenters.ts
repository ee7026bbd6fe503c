import type { ImageView } from '@kastoma/application/catalog';

export function presentImage(image: ImageView) {
  const { renditions, ...others } = image;
  return { ...others, renditions: renditions.map((rendition) => ({ ...rendition })) };
}
