import type { OpenAPIHono } from '@hono/zod-openapi';

import { send } from '../core/answers.ts';
import { fileTag, hasSeen } from '../core/entity-tag.ts';
import type { RequestScope } from '../core/request-scope.ts';

/** Short enough that a key that is announced is soon known everywhere: it signs only after that. */
const KEPT_SECONDS = 300;

/** The public keys of access tokens (RFC 7517), for services that verify them on their own. */
export function mountKeySet(app: OpenAPIHono<RequestScope>, keys: readonly object[]): void {
  const body = JSON.stringify({ keys });
  const ETag = fileTag(Buffer.from(body));
  const headers = {
    'Content-Type': 'application/jwk-set+json',
    'Cache-Control': `public, max-age=${KEPT_SECONDS}`,
    ETag,
  };
  app.get('/.well-known/jwks.json', (context) => {
    const isKnown = hasSeen(context.req.header('if-none-match'), ETag);
    return send(context, { status: isKnown ? 304 : 200, headers, body });
  });
}
