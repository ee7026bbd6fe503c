import type { OpenAPIHono } from '@hono/zod-openapi';

import { answer, send } from '../core/answers.ts';
import type { RequestScope } from '../core/request-scope.ts';

/** One thing that the service needs, and whether it is there right now. */
export type HealthCheck = {
  readonly name: string;
  /** The service goes on without it, only worse. */
  readonly optional: boolean;
  /** Rejects when it is not there. */
  readonly check: () => Promise<void>;
};

type Finding = {
  readonly name: string;
  readonly status: 'up' | 'down';
  readonly optional: boolean;
  readonly milliseconds: number;
};

const SLOWEST_CHECK_MILLISECONDS = 3_000;

/** Alive: the process answers. Ready: it can serve. Nothing secret is told. */
export function mountHealth(
  app: OpenAPIHono<RequestScope>,
  checks: readonly HealthCheck[],
  isShuttingDown: () => boolean,
): void {
  app.get('/health/live', (context) =>
    send(context, answer(200, 'Alive', { status: 'up' }, { version: null })),
  );

  for (const path of ['/health', '/health/ready', '/health/detailed']) {
    app.get(path, async (context) => {
      const findings = await Promise.all(checks.map(examine));
      const missing = findings.filter(({ status }) => status === 'down');
      const isReady = !isShuttingDown() && missing.every(({ optional }) => optional);
      const status = isReady ? (missing.length === 0 ? 'up' : 'degraded') : 'down';
      const data = path === '/health/detailed' ? { status, checks: findings } : { status };
      const told = answer(isReady ? 200 : 503, isReady ? 'Ready' : 'Not ready', data, {
        version: null,
      });
      return send(
        context,
        isReady ? told : { ...told, headers: { ...told.headers, 'Retry-After': '5' } },
      );
    });
  }
}

async function examine({ name, optional, check }: HealthCheck): Promise<Finding> {
  const startedAt = performance.now();
  const found = (status: Finding['status']): Finding => ({
    name,
    status,
    optional,
    milliseconds: Math.round(performance.now() - startedAt),
  });
  try {
    await Promise.race([check(), rejectAfter(SLOWEST_CHECK_MILLISECONDS)]);
    return found('up');
  } catch {
    // Which of the reasons it is stands in the log of whoever cannot reach it; here it is down.
    return found('down');
  }
}

function rejectAfter(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error('too slow'));
    }, milliseconds).unref();
  });
}
