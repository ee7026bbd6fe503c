import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { aPicture, pngThatClaims } from '../testing/pictures.ts';
import { SharpImageProcessor } from './sharp-image-processor.ts';

const processor = new SharpImageProcessor();

async function processed(bytes: Uint8Array) {
  return (await processor.process(bytes))._unsafeUnwrap();
}

async function refusal(bytes: Uint8Array, by = processor) {
  return (await by.process(bytes))._unsafeUnwrapErr().code;
}

describe('a picture that comes in', () => {
  it.each([
    ['JPEG', () => aPicture().jpeg(), 'jpeg'],
    ['PNG', () => aPicture().png(), 'jpeg'],
    ['PNG that one can look through', () => aPicture(40, 30, 4).png(), 'png'],
    ['WebP', () => aPicture().webp(), 'jpeg'],
    ['AVIF', () => aPicture().avif({ effort: 0 }), 'jpeg'],
    ['GIF', () => aPicture().gif(), 'jpeg'],
  ])('may be a %s', async (_name, make, format) => {
    const { main, renditions } = await processed(await make().toBuffer());
    expect(main).toMatchObject({ format, width: 40, height: 30 });
    expect(renditions).toMatchObject([{ format: 'webp', width: 40, height: 30 }]);
    for (const picture of [main, ...renditions]) {
      expect(await sharp(picture.bytes).metadata()).toMatchObject({
        format: picture.format,
        width: picture.width,
        height: picture.height,
      });
    }
  });

  it('comes out in all widths below its own, and never wider', async () => {
    const { main, renditions } = await processed(await aPicture(3_200, 1_600).jpeg().toBuffer());
    expect([main.width, main.height]).toEqual([3_000, 1_500]);
    expect(renditions.map(({ width, height }) => [width, height])).toEqual([
      [320, 160],
      [640, 320],
      [1280, 640],
    ]);
    const narrow = await processed(await aPicture(500, 100).jpeg().toBuffer());
    expect(narrow.renditions.map(({ width }) => width)).toEqual([320, 500]);
  });

  it('of a single pixel is a picture', async () => {
    const { main, renditions } = await processed(await aPicture(1, 1).png().toBuffer());
    expect([main, ...renditions].map(({ width, height }) => [width, height])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('tells nobody where it was taken, and stands upright', async () => {
    const taken = await aPicture(40, 30)
      .withExif({ IFD0: { Copyright: 'Ada' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { main, renditions } = await processed(taken);
    expect([main.width, main.height]).toEqual([30, 40]);
    for (const { bytes } of [main, ...renditions]) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
      expect([exif, xmp, iptc, icc, orientation]).toEqual(Array(5).fill(undefined));
    }
  });

  it.each([
    ['a JPEG with an archive behind it', 'PK\x03\x04 evil.exe', () => aPicture().jpeg().toBuffer()],
    ['a GIF that is a script', '*/=1;alert(1);//', () => aPicture().gif().toBuffer()],
    ['a PNG with a page in it', '<script>alert(1)</script>', () => aPicture().png().toBuffer()],
  ])('loses its second nature: %s', async (_name, nature, make) => {
    const bytes = Buffer.concat([await make(), Buffer.from(nature, 'latin1')]);
    const { main, renditions } = await processed(bytes);
    for (const picture of [main, ...renditions]) {
      expect(Buffer.from(picture.bytes).includes(nature, 0, 'latin1')).toBe(false);
    }
  });

  it('of an animation is its first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 0), Buffer.alloc(20 * 20 * 3, 255)]);
    const animation = await sharp(frames, {
      raw: { width: 20, height: 40, channels: 3, pageHeight: 20 },
    })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect((await sharp(animation, { animated: true }).metadata()).pages).toBe(2);
    const { main } = await processed(animation);
    expect([main.width, main.height]).toEqual([20, 20]);
  });

  it('in the colours of print comes out in those of the web', async () => {
    const printed = await aPicture().toColourspace('cmyk').jpeg().toBuffer();
    const { main } = await processed(printed);
    expect(await sharp(main.bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3 });
  });

  it('is known again by its checksum', async () => {
    const [one, other] = [await aPicture().png().toBuffer(), await aPicture(9).png().toBuffer()];
    const { checksum } = await processed(one);
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect((await processed(one)).checksum).toBe(checksum);
    expect((await processed(other)).checksum).not.toBe(checksum);
  });
});

describe('what is no picture', () => {
  it.each([
    ['nothing', ''],
    ['text', 'just a text, and a long enough one'],
    ['a drawing in SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a page', '<!doctype html><img src=x onerror=alert(1)>'],
    ['a TIFF', 'II*\0\x08\0\0\0'],
    ['a film', '\0\0\0\x18ftypmp42\0\0\0\0'],
  ])('is refused by what it is: %s', async (_name, content) => {
    expect(await refusal(Buffer.from(content, 'latin1'))).toBe('catalog.unsupported_image_type');
  });

  it.each([
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'GIF89a',
    'RIFF\0\0\0\0WEBP',
    '\0\0\0\x18ftypavif',
  ])('is refused where only its beginning is one: %j', async (start) => {
    const bytes = Buffer.from(`${start}<svg xmlns="http://www.w3.org/2000/svg"></svg>`, 'latin1');
    expect(await refusal(bytes)).toBe('catalog.unreadable_image');
  });

  it.each([
    ['jpeg', () => aPicture(400, 300).jpeg()],
    ['png', () => aPicture(400, 300).png({ compressionLevel: 0 })],
    ['webp', () => aPicture(400, 300).webp({ lossless: true, effort: 0 })],
  ])('is refused where half of it is missing: %s', async (_format, make) => {
    const whole = await make().toBuffer();
    const half = whole.subarray(0, Math.floor(whole.length / 2));
    expect(await refusal(half)).toBe('catalog.unreadable_image');
  });
});

describe('a bomb', () => {
  it('of 900 million pixels in a few kilobytes is refused before it is unpacked', async () => {
    const bomb = pngThatClaims(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    const began = performance.now();
    expect(await refusal(bomb)).toBe('catalog.too_many_pixels');
    expect(performance.now() - began).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('of an animation is refused by the size of its canvas', async () => {
    const canvas = '\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff';
    const frame = ',\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0';
    const bomb = Buffer.from(`GIF89a${canvas}${frame.repeat(1_000)};`, 'latin1');
    expect(await refusal(bomb)).toBe('catalog.too_many_pixels');
  });

  it('is whatever has one pixel more than are taken', async () => {
    const picture = await aPicture(50, 50).png().toBuffer();
    expect((await new SharpImageProcessor({ pixels: 2_500 }).process(picture)).isOk()).toBe(true);
    const strict = new SharpImageProcessor({ pixels: 2_499 });
    expect(await refusal(picture, strict)).toBe('catalog.too_many_pixels');
  });

  it('that says to be small and is large is none: what it says is what is read', async () => {
    const small = pngThatClaims(10, 10);
    const { main } = await processed(small);
    expect([main.width, main.height]).toEqual([10, 10]);
  });
});

describe('many at once', () => {
  it('wait, and those who would wait too long are told to come back', async () => {
    const small = new SharpImageProcessor({ atOnce: 1, waiting: 1 });
    const picture = await aPicture().png().toBuffer();
    const outcomes = await Promise.all([1, 2, 3].map(() => small.process(picture)));
    expect(outcomes.map((outcome) => outcome.isOk())).toEqual([true, true, false]);
    expect(outcomes[2]?._unsafeUnwrapErr()).toEqual({
      code: 'catalog.image_processing_busy',
      retryAfterSeconds: 5,
    });
  });
});
