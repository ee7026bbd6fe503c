import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { OpenAPIHono } from '@hono/zod-openapi';

import { fileTag, hasSeen } from '../core/entity-tag.ts';
import type { RequestScope } from '../core/request-scope.ts';
import { contentSecurityPolicy } from '../core/security-headers.ts';

/** What the page loads, all of it from here: it works with no internet. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

const INITIALIZER = `window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    persistAuthorization: false,
    validatorUrl: null,
  });
};
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kastoma API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="data:,">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/initializer.js"></script>
</body>
</html>
`;

/**
 * The page holds no script and no style of its own, so nothing inline is allowed. Swagger UI
 * draws with data: images, and sets styles on elements by script, which no policy stops.
 */
const POLICY = contentSecurityPolicy(
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
);

/** The reference as a page, and the document behind it. */
export function mountDocs(app: OpenAPIHono<RequestScope>, document: object): void {
  const json = JSON.stringify(document);
  const folder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

  app.get('/api/openapi.json', (context) =>
    context.body(json, 200, { 'Content-Type': 'application/json; charset=utf-8' }),
  );
  app.get('/api/docs', (context) => {
    context.header('Content-Security-Policy', POLICY);
    return context.html(PAGE);
  });
  app.get('/api/docs/initializer.js', (context) =>
    context.body(INITIALIZER, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  for (const [name, type] of Object.entries(ASSETS)) {
    const read = readOnce(join(folder, name));
    app.get(`/api/docs/${name}`, async (context) => {
      const { bytes, tag } = await read();
      const headers = { 'Cache-Control': 'public, max-age=86400', ETag: tag };
      return hasSeen(context.req.header('if-none-match'), tag)
        ? context.body(null, 304, headers)
        : context.body(bytes, 200, { ...headers, 'Content-Type': type });
    });
  }
}

type KeptFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string };

/** Reads a file when it is first asked for, and keeps it. */
function readOnce(path: string): () => Promise<KeptFile> {
  let kept: KeptFile | null = null;
  return async () => {
    if (kept === null) {
      const bytes = new Uint8Array(await readFile(path));
      kept = { bytes, tag: fileTag(bytes) };
    }
    return kept;
  };
}
