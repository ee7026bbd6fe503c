import { describe, expect, it } from 'vitest';

import type { ImageId } from '../core/ids.value.ts';
import {
  withChangedImage,
  withImage,
  withImageOrder,
  withoutImage,
  withPrimaryImage,
} from './product-image-changes.ts';
import type { ProductImage } from './product-images.value.ts';

const id = (name: string) => name as ImageId;
const image = (name: string): ProductImage => ({
  id: id(name),
  url: `/media/${name}.svg`,
  alt: name,
  details: null,
});
const images = ['front', 'back', 'side'].map(image);

function orderOf(changed: {
  readonly isOk: () => boolean;
  _unsafeUnwrap: () => readonly ProductImage[];
}) {
  return changed._unsafeUnwrap().map((one) => one.id);
}

describe('the images of a product', () => {
  it('begin with the primary one, behind which a new one stands last', () => {
    expect(orderOf(withImage(images, image('top')))).toEqual(['front', 'back', 'side', 'top']);
    expect(orderOf(withImage([], image('top')))).toEqual(['top']);
  });

  it('are at most fifty', () => {
    const many = Array.from({ length: 50 }, (_, index) => image(`image-${index}`));
    expect(withImage(many.slice(1), image('top')).isOk()).toBe(true);
    expect(withImage(many, image('top'))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.too_many_images',
      maximum: 50,
    });
  });

  it('are each made the primary one, and keep their order behind it', () => {
    expect(orderOf(withPrimaryImage(images, id('side')))).toEqual(['side', 'front', 'back']);
    expect(orderOf(withPrimaryImage(images, id('front')))).toEqual(['front', 'back', 'side']);
  });

  it.each([
    [0, ['back', 'front', 'side']],
    [1, ['front', 'back', 'side']],
    [2, ['front', 'side', 'back']],
  ])('move up for one that is placed at %i', (position, order) => {
    expect(orderOf(withChangedImage(images, id('back'), { position }))).toEqual(order);
  });

  it.each([-1, 3, 0.5, Number.NaN])('have no place %d', (position) => {
    expect(withChangedImage(images, id('back'), { position })._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_position',
      path: ['position'],
      maximum: 2,
    });
  });

  it('are described anew, one at a time', () => {
    const changed = withChangedImage(images, id('back'), { alt: ' The back ' })._unsafeUnwrap();
    expect(changed.map(({ alt }) => alt)).toEqual(['front', 'The back', 'side']);
    expect(withChangedImage(images, id('back'), {})._unsafeUnwrap()).toEqual(images);
    const tooLong = withChangedImage(images, id('back'), { alt: 'x'.repeat(501) });
    expect(tooLong._unsafeUnwrapErr()).toMatchObject({ code: 'core.invalid_text', path: ['alt'] });
  });

  it('go one at a time, the next one being the primary one', () => {
    expect(orderOf(withoutImage(images, id('front')))).toEqual(['back', 'side']);
  });

  it('are put into an order that names each of them once', () => {
    const ordered = withImageOrder(images, [id('side'), id('front'), id('back')]);
    expect(orderOf(ordered)).toEqual(['side', 'front', 'back']);
    expect(orderOf(withImageOrder([], []))).toEqual([]);
  });

  it.each([
    [['side', 'front']],
    [['side', 'front', 'back', 'top']],
    [['side', 'front', 'front']],
    [['side', 'front', 'back', 'back']],
    [[]],
  ])('are put into no other order: %j', (ids) => {
    expect(withImageOrder(images, ids.map(id))._unsafeUnwrapErr()).toEqual({
      code: 'catalog.invalid_image_order',
      path: ['imageIds'],
    });
  });

  it('are not changed where one is not there', () => {
    const missing = { code: 'catalog.image_not_found' };
    expect(withoutImage(images, id('top'))._unsafeUnwrapErr()).toEqual(missing);
    expect(withPrimaryImage(images, id('top'))._unsafeUnwrapErr()).toEqual(missing);
    expect(withChangedImage(images, id('top'), { alt: '' })._unsafeUnwrapErr()).toEqual(missing);
  });
});
