import type { ProductImage, ProductState } from '@kastoma/domain/catalog';
import type { ImageId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';

type Images = ProductState['images'];

/** An image as JSON in the very shape of the domain, of the `image` of the query around it. */
export function imageAsJson(sql: Queryable) {
  return sql`
    json_build_object(
      'id', image.id,
      'url', image.url,
      'alt', image.alt,
      'details', case when image.upload_id is not null then
        json_build_object(
          'width', image.width,
          'height', image.height,
          'checksum', image.checksum,
          'renditions', image.renditions
        )
      end
    )
  `;
}

/** Writes which images a product shows; whoever calls it holds the product. */
export class ProductImagesWriter {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async insert({ id, images }: ProductState): Promise<void> {
    if (images.length === 0) return;
    const rows = images.map((image, position) => ({
      product_id: id,
      position,
      ...this.#columnsOf(image),
    }));
    await this.#sql`insert into catalog.product_images ${this.#sql(rows)}`;
    await this.#markUploads(uploadsOf(images), true);
  }

  async replace(before: Images, after: ProductState): Promise<void> {
    await this.#sql`delete from catalog.product_images where product_id = ${after.id}`;
    const kept = new Set(after.images.map(({ id }) => id));
    await this.#markUploads(
      uploadsOf(before).filter((id) => !kept.has(id)),
      false,
    );
    await this.insert(after);
  }

  /** What no product shows is found by this mark, and deleted with its files. */
  async #markUploads(ids: readonly ImageId[], isShown: boolean): Promise<void> {
    if (ids.length === 0) return;
    await this.#sql`
      update catalog.media_uploads
      set is_shown = ${isShown}
      where id = any(${[...ids]}::uuid[]) and is_shown <> ${isShown}
    `;
  }

  #columnsOf({ id, url, alt, details }: ProductImage) {
    return {
      id,
      url,
      alt,
      upload_id: details === null ? null : id,
      width: details?.width ?? null,
      height: details?.height ?? null,
      checksum: details?.checksum ?? null,
      renditions: details === null ? null : this.#sql.json(details.renditions),
    };
  }
}

function uploadsOf(images: Images): readonly ImageId[] {
  return images.filter(({ details }) => details !== null).map(({ id }) => id);
}
