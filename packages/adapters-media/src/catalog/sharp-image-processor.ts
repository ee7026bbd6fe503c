import { createHash } from 'node:crypto';

import { err, ok, ResultAsync, safeTry, type Result } from 'neverthrow';
import sharp, { type OutputInfo, type Sharp } from 'sharp';

import type {
  ImageProcessor,
  ImageRefused,
  Picture,
  ProcessedImage,
} from '@kastoma/application/catalog';

import { pictureKind } from './picture-kind.ts';
import { Turns } from './turns.ts';

export type ImageBounds = {
  readonly pixels: number;
  readonly seconds: number;
  /** How many pictures are worked on at once, and how many more may wait. */
  readonly atOnce: number;
  readonly waiting: number;
};

const BOUNDS: ImageBounds = { pixels: 50_000_000, seconds: 20, atOnce: 2, waiting: 16 };
/** What is kept is never longer on either side. */
const LONGEST_SIDE = 3_000;
const RENDITION_WIDTHS = [320, 640, 1280];

// Nothing is worked on twice; a cache would only keep what strangers sent.
sharp.cache(false);

type Pixels = { readonly data: Buffer; readonly info: OutputInfo };

/** Works on libvips' own threads, so that nobody else waits; only so many pictures at once. */
export class SharpImageProcessor implements ImageProcessor {
  readonly #bounds: ImageBounds;
  readonly #turns: Turns;

  constructor(bounds: Partial<ImageBounds> = {}) {
    this.#bounds = { ...BOUNDS, ...bounds };
    this.#turns = new Turns(this.#bounds.atOnce, this.#bounds.waiting);
  }

  process(bytes: Uint8Array): ResultAsync<ProcessedImage, ImageRefused> {
    if (pictureKind(bytes) === null) {
      return new ResultAsync(Promise.resolve(err({ code: 'catalog.unsupported_image_type' })));
    }
    const worked = this.#turns.take(() => this.#work(bytes));
    return new ResultAsync(
      worked ??
        Promise.resolve(err({ code: 'catalog.image_processing_busy', retryAfterSeconds: 5 })),
    );
  }

  async #work(bytes: Uint8Array): Promise<Result<ProcessedImage, ImageRefused>> {
    const { pixels: maximum, seconds } = this.#bounds;
    const checksum = createHash('sha256').update(bytes).digest('hex');
    const open = (): Sharp => sharp(bytes, { failOn: 'error', limitInputPixels: maximum + 1 });
    return safeTry(async function* () {
      // The size stands in the first bytes: a bomb is refused before anything of it is unpacked.
      const { width, height } = yield* await legibly(() =>
        sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata(),
      );
      if (width * height > maximum)
        return err({ code: 'catalog.too_many_pixels' as const, maximum });
      const upright = yield* await legibly(() => uprightPixels(open().timeout({ seconds })));
      return ok({
        main: await mainPicture(upright),
        renditions: await Promise.all(
          widthsBelow(upright.info.width).map((target) => rendition(upright, target)),
        ),
        checksum,
      });
    });
  }
}

/** Whatever libvips says of bytes from outside, they are no picture that can be read. */
async function legibly<Read>(read: () => Promise<Read>): Promise<Result<Read, ImageRefused>> {
  try {
    return ok(await read());
  } catch {
    return err({ code: 'catalog.unreadable_image' });
  }
}

/** The first picture of an animation, turned as the camera was held. Sharp writes in the colours of the web unless told otherwise. */
function uprightPixels(image: Sharp): Promise<Pixels> {
  return image
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

function fromPixels({ data, info }: Pixels): Sharp {
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

async function mainPicture(pixels: Pixels): Promise<Picture> {
  const { width, height, channels } = pixels.info;
  const isOpaque = channels === 3 || channels === 1 || (await fromPixels(pixels).stats()).isOpaque;
  const written = isOpaque
    ? fromPixels(pixels).removeAlpha().jpeg({ quality: 88, progressive: true })
    : fromPixels(pixels).png();
  const format = isOpaque ? 'jpeg' : 'png';
  return { format, width, height, bytes: await written.toBuffer() };
}

/** None is wider than the picture itself; a narrow one has one of its own width. */
function widthsBelow(width: number): readonly number[] {
  const narrower = RENDITION_WIDTHS.filter((target) => target < width);
  return narrower.length === RENDITION_WIDTHS.length ? narrower : [...narrower, width];
}

async function rendition(pixels: Pixels, target: number): Promise<Picture> {
  const { data, info } = await fromPixels(pixels)
    .resize({ width: target })
    .webp({ quality: 80, effort: 4 })
    .toBuffer({ resolveWithObject: true });
  return { format: 'webp', width: info.width, height: info.height, bytes: data };
}
