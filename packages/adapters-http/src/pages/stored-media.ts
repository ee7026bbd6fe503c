import type { OpenAPIHono } from '@hono/zod-openapi';

import {
  isMediaKey,
  mediaTypeOf,
  OWN_MEDIA_URL,
  type MediaStorage,
} from '@kastoma/application/catalog';

import { hasSeen } from '../core/entity-tag.ts';
import type { RequestScope } from '../core/request-scope.ts';

/** What was uploaded. A file never changes under its name, so that whoever has it need not ask again. */
export function mountStoredMedia(app: OpenAPIHono<RequestScope>, storage: MediaStorage): void {
  app.get(`${OWN_MEDIA_URL}/images/:image/:file`, async (context) => {
    const { image, file } = context.req.param();
    const key = `images/${image}/${file}`;
    if (!isMediaKey(key)) return context.notFound();
    const bytes = await storage.read(key);
    if (bytes === null) return context.notFound();
    const handling = {
      ETag: `"${image}-${file}"`,
      'Cache-Control': 'public, max-age=31536000, immutable',
      // Shops show them on pages of their own.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    };
    if (hasSeen(context.req.header('if-none-match'), handling.ETag))
      return context.body(null, 304, handling);
    return context.body(Buffer.from(bytes), 200, { ...handling, 'Content-Type': mediaTypeOf(key) });
  });
}
