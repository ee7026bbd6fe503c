export type PictureKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';

const BRANDS_OF_AVIF = ['avif', 'avis'];

/** What kind of picture bytes begin as, whatever somebody calls them. Null for everything else, such as SVG. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16)).toString(
    'latin1',
  );
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  if (/^RIFF[\s\S]{4}WEBP/.test(start)) return 'webp';
  if (start.slice(4, 8) === 'ftyp' && BRANDS_OF_AVIF.includes(start.slice(8, 12))) return 'avif';
  return null;
}
