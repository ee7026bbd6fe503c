import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';

import type { RequestScope } from '../core/request-scope.ts';
import { mountDocs } from './docs.page.ts';

const BUNDLE = '/api/docs/swagger-ui-bundle.js';

function newApp() {
  const app = new OpenAPIHono<RequestScope>();
  mountDocs(app, {});
  return app;
}

describe('what the reference loads', () => {
  it('is the same each time, and need not be sent again', async () => {
    const app = newApp();
    const first = await app.request(BUNDLE);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{16}"$/);
    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const text = await first.text();
    expect(text.length).toBeGreaterThan(100_000);
    expect(await (await app.request(BUNDLE)).text()).toBe(text);

    const again = await app.request(BUNDLE, { headers: { 'If-None-Match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('etag')).toBe(tag);
    const other = await app.request(BUNDLE, { headers: { 'If-None-Match': '"another"' } });
    expect(other.status).toBe(200);
  });

  it('has a tag of its own for each file', async () => {
    const app = newApp();
    const script = await app.request(BUNDLE);
    const style = await app.request('/api/docs/swagger-ui.css');
    expect(style.status).toBe(200);
    expect(style.headers.get('etag')).not.toBe(script.headers.get('etag'));
  });
});
