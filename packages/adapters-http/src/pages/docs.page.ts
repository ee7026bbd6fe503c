import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { OpenAPIHono } from '@hono/zod-openapi';

import type { RequestScope } from '../core/request-scope.ts';
import { contentSecurityPolicy } from '../core/security-headers.ts';
import { mountAssets, StaticAssets, type AssetReference } from './static-assets.ts';

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

function page(style: AssetReference, script: AssetReference, initializer: AssetReference): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kastoma API</title>
<link rel="stylesheet" href="${style.url}" integrity="${style.integrity}" crossorigin="anonymous">
<link rel="icon" href="data:,">
</head>
<body>
<div id="docs"></div>
<script src="${script.url}" integrity="${script.integrity}" crossorigin="anonymous"></script>
<script src="${initializer.url}" integrity="${initializer.integrity}" crossorigin="anonymous"></script>
</body>
</html>
`;
}

/**
 * The page holds no script and no style of its own, so nothing inline is allowed. Swagger UI
 * draws with data: images, and sets styles on elements by script, which no policy stops.
 */
function policy(assetUrl: string): string {
  const source = assetUrl === '' ? "'self'" : `'self' ${new URL(assetUrl).origin}`;
  return contentSecurityPolicy(
    `script-src ${source}`,
    `style-src ${source}`,
    "img-src 'self' data:",
    "connect-src 'self'",
  );
}

/** The reference as a page, and the document behind it. What the page loads comes from here, or from the CDN at `assetUrl`. */
export function mountDocs(
  app: OpenAPIHono<RequestScope>,
  document: object,
  assetUrl: string = '',
): void {
  const json = JSON.stringify(document);
  const folder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
  const assets = new StaticAssets(
    {
      'swagger-ui.css': { file: join(folder, 'swagger-ui.css') },
      'swagger-ui-bundle.js': { file: join(folder, 'swagger-ui-bundle.js') },
      'docs.js': { text: INITIALIZER },
    },
    assetUrl,
  );
  const headers = { 'Content-Security-Policy': policy(assetUrl) };

  app.get('/api/openapi.json', (context) =>
    context.body(json, 200, { 'Content-Type': 'application/json; charset=utf-8' }),
  );
  app.get('/api/docs', async (context) => {
    const [style, script, initializer] = await Promise.all([
      assets.reference('swagger-ui.css'),
      assets.reference('swagger-ui-bundle.js'),
      assets.reference('docs.js'),
    ]);
    return context.html(page(style, script, initializer), 200, headers);
  });
  mountAssets(app, assets);
}
