import { ok } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { ProductImage } from '@kastoma/domain/catalog';
import type { ImageId, Instant } from '@kastoma/domain/core';

import type { MediaKey } from '../../catalog/media-key.ts';
import type { MediaUpload } from '../../catalog/media-uploads.port.ts';
import { builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenProduct } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LATER = 2_000_000_000_000 as Instant;

function anUpload(at: number): MediaUpload {
  const id = builderIds.next<ImageId>();
  const keys = ['main.jpg', '320.webp'].map((name) => `images/${id}/${name}` as MediaKey);
  return { id, keys, at: at as Instant };
}

function imageOf({ id, keys }: MediaUpload): ProductImage {
  const rendition = { url: keys[1] ?? '', format: 'webp', width: 320, height: 240 } as const;
  const checksum = 'a'.repeat(64);
  const details = { width: 800, height: 600, checksum, renditions: [rendition] };
  return { id, url: keys[0] ?? '', alt: 'A lamp', details };
}

export function mediaUploadsContract(open: OpenShop): void {
  describe('the files of images', () => {
    const shop = shopOfSuite(open);

    async function register(upload: MediaUpload): Promise<MediaUpload> {
      const told = shop().catalog.run(SHOP, ({ uploads }) => uploads.register(upload));
      (await told)._unsafeUnwrap();
      return upload;
    }

    async function unused(before: number = LATER, limit = 100): Promise<readonly MediaUpload[]> {
      const found = shop().catalog.run(SHOP, ({ uploads }) =>
        uploads.unused(before as Instant, limit),
      );
      return (await found)._unsafeUnwrap();
    }

    async function show(slug: string, images: readonly ProductImage[]): Promise<void> {
      const shown = shop().catalog.run(SHOP, ({ products }) =>
        products
          .find(slug)
          .andThen((product) => product.changeImages(() => ok(images), shop().clock.now()))
          .andThen((product) => products.save(product)),
      );
      (await shown)._unsafeUnwrap();
    }

    it('are unused as long as no product shows them, and again when none does any more', async () => {
      const upload = await register(anUpload(1_000));
      const { slug } = (await givenProduct(shop())).state;
      expect(await unused()).toContainEqual(upload);
      await show(slug, [imageOf(upload)]);
      expect(await unused()).not.toContainEqual(upload);
      await show(slug, []);
      expect(await unused()).toContainEqual(upload);
    });

    it('are told the oldest first, those from before a moment, so many at once', async () => {
      const uploads = [anUpload(10), anUpload(30), anUpload(20)];
      for (const upload of uploads) await register(upload);
      const ids = (found: readonly MediaUpload[]) => found.map(({ at }) => at);
      expect(ids(await unused(30))).toEqual([10, 20]);
      expect(ids(await unused(31))).toEqual([10, 20, 30]);
      expect(ids(await unused(31, 1))).toEqual([10]);
    });

    it('are forgotten one image at a time', async () => {
      const [one, other] = [await register(anUpload(1)), await register(anUpload(2))];
      (await shop().catalog.run(SHOP, ({ uploads }) => uploads.forget(one.id)))._unsafeUnwrap();
      expect(await unused(3)).toEqual([other]);
    });

    it('stand in the product as they were told, in its order', async () => {
      const [one, two] = [await register(anUpload(5_000)), await register(anUpload(5_001))];
      const { slug } = (await givenProduct(shop(), { images: [{ url: '/a.svg', alt: '' }] })).state;
      const [drawn] = await imagesOf(slug);
      if (drawn === undefined) throw new Error('It has an image from the start.');
      const images = [imageOf(two), drawn, { ...imageOf(one), alt: '木' }];
      await show(slug, images);
      expect(await imagesOf(slug)).toEqual(images);
      await show(slug, images.toReversed());
      expect(await imagesOf(slug)).toEqual(images.toReversed());
      const view = (await shop().productQueries.find(slug, 'shoppers'))._unsafeUnwrap();
      expect(view.primaryImage).toEqual(view.images[0]);
      expect(view.primaryImage?.url).toBe(`/media/${one.keys[0]}`);
      expect(await unused()).not.toContainEqual(one);
    });

    async function imagesOf(slug: string): Promise<readonly ProductImage[]> {
      const read = shop().catalog.run(SHOP, ({ products }) =>
        products.find(slug).map(({ state }) => state.images),
      );
      return (await read)._unsafeUnwrap();
    }
  });
}
