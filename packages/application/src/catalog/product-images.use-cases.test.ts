import { beforeEach, describe, expect, it } from 'vitest';

import type { ImageId, ProductId } from '@kastoma/domain/core';

import { builderIds } from '../testing/builders/builder-ids.ts';
import { SHOP, underKey } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { FakeImageProcessor } from '../testing/ports/fake-image-processor.ts';
import { FakeMediaStorage } from '../testing/ports/fake-media-storage.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenProduct } from '../testing/stocked-shop.ts';
import { ChangeProductImages } from './change-product-images.use-case.ts';
import { DeleteUnusedMedia } from './delete-unused-media.use-case.ts';
import { UploadProductImage } from './upload-product-image.use-case.ts';

const DAY_SECONDS = 24 * 60 * 60;
const PICTURE = new Uint8Array([1, 2, 3]);

let shop: ShopPorts;
let storage: FakeMediaStorage;
let images: FakeImageProcessor;
let upload: UploadProductImage;
let change: ChangeProductImages;
let clean: DeleteUnusedMedia;
let productId: ProductId;

beforeEach(async () => {
  shop = inMemoryShop();
  storage = new FakeMediaStorage();
  images = new FakeImageProcessor();
  const { catalog: unitOfWork, ids, clock } = shop;
  upload = new UploadProductImage({ unitOfWork, images, storage, ids, clock });
  change = new ChangeProductImages({ unitOfWork, clock });
  clean = new DeleteUnusedMedia({ unitOfWork, storage, clock });
  productId = (await givenProduct(shop)).state.id;
});

function uploaded(alt = 'A lamp', context = SHOP, expectedVersion: number | null = null) {
  return upload.execute({ idOrSlug: productId, bytes: PICTURE, alt, expectedVersion }, context);
}

async function shown() {
  return (await shop.productQueries.find(productId, 'staff'))._unsafeUnwrap();
}

async function uploadedIds(count: number): Promise<readonly ImageId[]> {
  for (let index = 0; index < count; index += 1) (await uploaded(`${index}`))._unsafeUnwrap();
  return (await shown()).images.map(({ id }) => id as ImageId);
}

describe('uploading an image', () => {
  it('shows it in all its sizes, as a new version of the product', async () => {
    const view = (await uploaded())._unsafeUnwrap();
    const [image] = view.images;
    const folder = `/media/images/${image?.id}`;
    expect(image).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      url: `${folder}/main.jpg`,
      alt: 'A lamp',
      width: 800,
      height: 600,
      renditions: [{ width: 320, height: 240, format: 'webp', url: `${folder}/320.webp` }],
    });
    expect(view).toMatchObject({ version: 2, primaryImage: image });
    expect(await shown()).toEqual(view);
    expect(await shop.eventsOf(productId)).toMatchObject([
      {},
      { type: 'catalog.product_changed', payload: { fields: ['images'] } },
    ]);
    expect([...storage.files.keys()].map((key) => `/media/${key}`)).toEqual([
      `${folder}/main.jpg`,
      `${folder}/320.webp`,
    ]);
  });

  it('works on nothing that is not welcome', async () => {
    const refusals = [
      await upload.execute(
        { idOrSlug: builderIds.next(), bytes: PICTURE, alt: '', expectedVersion: null },
        SHOP,
      ),
      await uploaded('A lamp', SHOP, 7),
      await uploaded('x'.repeat(501)),
    ].map((outcome) => outcome._unsafeUnwrapErr().code);
    expect(refusals).toEqual([
      'catalog.product_not_found',
      'core.stale_version',
      'core.invalid_text',
    ]);
    expect(images.processed).toEqual([]);
  });

  it('of what is no picture stores nothing', async () => {
    const empty = { idOrSlug: productId, bytes: new Uint8Array(), alt: '', expectedVersion: null };
    const refusal = (await upload.execute(empty, SHOP))._unsafeUnwrapErr();
    expect(refusal).toEqual({ code: 'catalog.unsupported_image_type' });
    expect(storage.files.size).toBe(0);
    expect((await shown()).version).toBe(1);
  });

  it('is done once under one key, and not even worked on again', async () => {
    const context = underKey(SHOP, 'a lamp', {
      answerOf: () => ({ status: 201, headers: {}, body: 'the lamp' }),
    });
    expect((await uploaded('A lamp', context)).isOk()).toBe(true);
    expect((await uploaded('A lamp', context))._unsafeUnwrapErr()).toMatchObject({
      code: 'core.idempotent_replay',
    });
    expect(images.processed).toHaveLength(1);
    expect((await shown()).images).toHaveLength(1);
  });

  it('finds no room for a fifty-first', async () => {
    await uploadedIds(50);
    expect((await uploaded())._unsafeUnwrapErr()).toMatchObject({
      code: 'catalog.too_many_images',
    });
    expect(images.processed).toHaveLength(50);
  });
});

describe('changing the images of a product', () => {
  it('arranges, describes and removes them, a version each time', async () => {
    const [one, two, three] = (await uploadedIds(3)) as [ImageId, ImageId, ImageId];
    const from = (expectedVersion: number) => ({ idOrSlug: productId, expectedVersion });
    (await change.makePrimary(from(4), three, SHOP))._unsafeUnwrap();
    (await change.arrange(from(5), [two, three, one], SHOP))._unsafeUnwrap();
    (await change.revise(from(6), one, { alt: 'First', position: 0 }, SHOP))._unsafeUnwrap();
    const view = (await change.remove(from(7), two, SHOP))._unsafeUnwrap();
    expect(view.version).toBe(8);
    expect(view.images.map(({ id, alt }) => [id, alt])).toEqual([
      [one, 'First'],
      [three, '2'],
    ]);
    expect(await shown()).toEqual(view);
  });

  it('that somebody else has changed is refused', async () => {
    const [one] = (await uploadedIds(1)) as [ImageId];
    const stale = { idOrSlug: productId, expectedVersion: 1 };
    expect((await change.remove(stale, one, SHOP))._unsafeUnwrapErr()).toEqual({
      code: 'core.stale_version',
      currentVersion: 2,
    });
    expect((await shown()).images).toHaveLength(1);
  });

  it('to what they are already is no new version', async () => {
    const [one] = (await uploadedIds(1)) as [ImageId];
    const view = await change.makePrimary({ idOrSlug: productId, expectedVersion: 2 }, one, SHOP);
    expect(view._unsafeUnwrap().version).toBe(2);
  });
});

describe('deleting what no product shows', () => {
  it('leaves what is shown, and what was uploaded within the day', async () => {
    const [one, two] = (await uploadedIds(2)) as [ImageId, ImageId];
    (await change.remove({ idOrSlug: productId, expectedVersion: 3 }, one, SHOP))._unsafeUnwrap();
    shop.clock.advance(DAY_SECONDS);
    expect((await clean.execute(SHOP))._unsafeUnwrap()).toBe(0);
    shop.clock.advance(1);
    expect((await clean.execute(SHOP))._unsafeUnwrap()).toBe(1);
    expect([...storage.files.keys()]).toEqual([`images/${two}/main.jpg`, `images/${two}/320.webp`]);
    expect((await clean.execute(SHOP))._unsafeUnwrap()).toBe(0);
  });

  it('finds the files of an upload that was cut off before the product knew of it', async () => {
    let stored = 0;
    const failing = new FakeMediaStorage();
    failing.store = (key, bytes) => {
      stored += 1;
      return stored === 1 ? storage.store(key, bytes) : Promise.reject(new Error('No room left.'));
    };
    const { catalog: unitOfWork, ids, clock } = shop;
    const cutOff = new UploadProductImage({ unitOfWork, images, storage: failing, ids, clock });
    const command = { idOrSlug: productId, bytes: PICTURE, alt: '', expectedVersion: null };
    await expect(cutOff.execute(command, SHOP)).rejects.toThrow('No room left.');
    expect(storage.files.size).toBe(1);
    expect((await shown()).images).toEqual([]);
    clock.advance(DAY_SECONDS + 1);
    expect((await clean.execute(SHOP))._unsafeUnwrap()).toBe(1);
    expect(storage.files.size).toBe(0);
  });

  it('goes on where it was cut off', async () => {
    const [one] = (await uploadedIds(1)) as [ImageId];
    (await change.remove({ idOrSlug: productId, expectedVersion: 2 }, one, SHOP))._unsafeUnwrap();
    shop.clock.advance(DAY_SECONDS + 1);
    const gone = new FakeMediaStorage();
    gone.delete = () => Promise.reject(new Error('Not now.'));
    const { catalog: unitOfWork, clock } = shop;
    const failing = new DeleteUnusedMedia({ unitOfWork, storage: gone, clock });
    await expect(failing.execute(SHOP)).rejects.toThrow('Not now.');
    expect((await clean.execute(SHOP))._unsafeUnwrap()).toBe(1);
    expect(storage.files.size).toBe(0);
  });
});
