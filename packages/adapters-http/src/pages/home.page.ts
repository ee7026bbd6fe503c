import { createHash } from 'node:crypto';

import type { OpenAPIHono } from '@hono/zod-openapi';

import type { RequestScope } from '../core/request-scope.ts';
import { contentSecurityPolicy } from '../core/security-headers.ts';

const STYLE =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem;color:#1c2530;background:#fbfaf8}' +
  'h1{font-size:2rem;margin:0 0 .25rem}p{margin:.25rem 0 1.5rem;color:#4a5563}ul{padding:0;list-style:none}' +
  'a{display:block;padding:.6rem .9rem;margin:.4rem 0;border:1px solid #d8dbe0;border-radius:.5rem;color:#0b4f6c;text-decoration:none;background:#fff}' +
  'a:hover,a:focus{border-color:#0b4f6c}';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kastoma</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>Kastoma</h1>
<p>A headless commerce backend. It is running.</p>
<ul>
<li><a href="/api/docs/">API reference</a></li>
<li><a href="/api/openapi.json">OpenAPI document</a></li>
<li><a href="/api/v1/products/">Products</a></li>
<li><a href="/health/detailed/">Health</a></li>
</ul>
</body>
</html>
`;

/** Its own style alone, known by its hash. */
const POLICY = contentSecurityPolicy(
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
);

/** A browser that comes to the root is shown where to go. */
export function mountHome(app: OpenAPIHono<RequestScope>): void {
  app.get('/', (context) => {
    context.header('Content-Security-Policy', POLICY);
    return context.html(PAGE);
  });
}
