import type { OpenAPIHono } from '@hono/zod-openapi';

import { answer, send } from '../core/answers.ts';
import { Rendering } from '../core/rendering.ts';
import type { RequestScope } from '../core/request-scope.ts';

/** One thing that the service needs, and whether it is there right now. */
export type HealthCheck = {
  readonly name: string;
  /** The service goes on without it, only worse. */
  readonly optional: boolean;
  /** Rejects when it is not there. */
  readonly check: () => Promise<void>;
  /** Figures for the detailed view. */
  readonly facts?: () => Promise<Readonly<Record<string, number>>>;
};

type Finding = {
  readonly name: string;
  readonly status: 'up' | 'down';
  readonly optional: boolean;
  readonly milliseconds: number;
  /** Null where there are none, or none right now. */
  readonly facts: Readonly<Record<string, number>> | null;
};

const SLOWEST_CHECK_MILLISECONDS = 3_000;

/** Alive: the process answers. Ready: it can serve. Nothing secret is told. */
export function mountHealth(
  app: OpenAPIHono<RequestScope>,
  checks: readonly HealthCheck[],
  isShuttingDown: () => boolean,
): void {
  app.get('/health/live', (context) =>
    send(context, answer(200, 'Alive', new Rendering({ status: 'up' }), null)),
  );

  for (const path of ['/health', '/health/ready', '/health/detailed']) {
    app.get(path, async (context) => {
      const isDetailed = path === '/health/detailed';
      const findings = await Promise.all(checks.map((one) => examine(one, isDetailed)));
      const missing = findings.filter(({ status }) => status === 'down');
      const isReady = !isShuttingDown() && missing.every(({ optional }) => optional);
      const status = isReady ? (missing.length === 0 ? 'up' : 'degraded') : 'down';
      const data = isDetailed ? { status, checks: findings } : { status };
      const message = isReady ? 'Ready' : 'Not ready';
      const told = answer(isReady ? 200 : 503, message, new Rendering(data), null);
      return send(
        context,
        isReady ? told : { ...told, headers: { ...told.headers, 'Retry-After': '5' } },
      );
    });
  }
}

async function examine(one: HealthCheck, withFacts: boolean): Promise<Finding> {
  const { name, optional, check } = one;
  const startedAt = performance.now();
  const [isUp, facts] = await Promise.all([settlesInTime(check), withFacts ? factsOf(one) : null]);
  const milliseconds = Math.round(performance.now() - startedAt);
  return { name, status: isUp === null ? 'down' : 'up', optional, milliseconds, facts };
}

async function factsOf({ facts }: HealthCheck): Promise<Finding['facts']> {
  const told = facts === undefined ? null : await settlesInTime(facts);
  return told === null ? null : told.value;
}

/** Null when it fails: which of the reasons it is stands in the log of whoever cannot reach it. */
async function settlesInTime<T>(ask: () => Promise<T>): Promise<{ readonly value: T } | null> {
  try {
    return { value: await Promise.race([ask(), rejectAfter(SLOWEST_CHECK_MILLISECONDS)]) };
  } catch {
    return null;
  }
}

function rejectAfter(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error('too slow'));
    }, milliseconds).unref();
  });
}
