import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { OpenAPIHono } from '@hono/zod-openapi';

import type { RequestScope } from '../core/request-scope.ts';

const PICTURE = /^[a-z0-9][a-z0-9-]*\.svg$/;

/** The pictures that come with the seeded catalogue. Drawings by the project, served as images and never as pages. */
export function mountSeedPictures(app: OpenAPIHono<RequestScope>, folder: string): void {
  app.get('/media/seed/:name', async (context) => {
    const name = context.req.param('name');
    if (!PICTURE.test(name)) return context.notFound();
    const picture = await readFile(join(folder, name)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (picture === null) return context.notFound();
    return context.body(picture, 200, {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'public, max-age=86400',
      // Shops show them on pages of their own.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
  });
}
