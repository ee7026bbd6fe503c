import { z } from '@hono/zod-openapi';
import { ResultAsync } from 'neverthrow';

import {
  AUDIT_SUBJECTS,
  AUDITED_ACTIONS,
  type AuditEntry,
  type AuditQueries,
  type AuditSubject,
} from '@kastoma/application/core';
import { formatInstant } from '@kastoma/domain/core';

import { orNull, timeAnswer, timeField } from './core.schemas.ts';
import { cursorKey, feedQuery, toFeedRequest } from './cursors.ts';
import { listEndpoint, type Endpoint } from './endpoint.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SOMEBODY = 'user:0199c0de-0000-7000-8000-000000000000';

const actorField = z
  .string()
  .regex(new RegExp(`^(?:guest|system|(?:user|service):${UUID})$`), {
    error: 'guest, system, user:<id> or service:<id> is wanted.',
  })
  .openapi({ example: SOMEBODY });

const subjectField = z
  .string()
  .regex(new RegExp(`^(?:${AUDIT_SUBJECTS.join('|')}):${UUID}$`), {
    error: `<what>:<id> is wanted, and of what one of these: ${AUDIT_SUBJECTS.join(', ')}.`,
  })
  .openapi({ example: SOMEBODY })
  .transform((text): AuditSubject => {
    const [type, id = ''] = text.split(':');
    return { type: type as AuditSubject['type'], id };
  });

const auditQuery = z.object({
  ...feedQuery({ newest: z.tuple([cursorKey.instant, cursorKey.id]) }),
  actor: actorField.optional(),
  action: z.enum(AUDITED_ACTIONS).optional(),
  subject: subjectField.optional(),
  from: timeField.optional().openapi({ description: 'At that time or later.' }),
  to: timeField.optional().openapi({ description: 'Before that time.' }),
});

const auditEntryAnswer = z
  .object({
    id: z.uuid(),
    occurred_at: timeAnswer,
    actor: z.string().openapi({ example: SOMEBODY, description: 'Who did it.' }),
    action: z.string().openapi({ example: 'identity.role_changed' }),
    subject: orNull(
      z.string().openapi({ example: SOMEBODY, description: 'To whom or what it was done.' }),
    ),
    request_id: z.string().openapi({ description: 'X-Request-Id of the call that did it.' }),
    detail: z
      .record(z.string(), z.unknown())
      .openapi({ example: { from: 'customer', to: 'staff' } }),
  })
  .openapi('AuditEntry');

export function auditRoutes(auditQueries: AuditQueries): readonly Endpoint[] {
  return [
    listEndpoint({
      method: 'get',
      path: '/audit',
      tag: 'Audit',
      summary: 'Read who did what to whom and when, the latest first',
      permission: 'audit.read',
      query: auditQuery,
      message: 'Audit trail',
      answer: auditEntryAnswer,
      present: presentEntry,
      handle: ({ query }) => {
        const { actor = null, action = null, subject = null, from = null, to = null } = query;
        const filter = { actor, action, subject, from, to };
        return ResultAsync.fromSafePromise(auditQueries.list(filter, toFeedRequest(query)));
      },
    }),
  ];
}

function presentEntry({ subject, occurredAt, correlationId, ...entry }: AuditEntry) {
  return {
    id: entry.id,
    occurred_at: formatInstant(occurredAt),
    actor: entry.actor,
    action: entry.action,
    subject: subject === null ? null : `${subject.type}:${subject.id}`,
    request_id: correlationId,
    detail: { ...entry.detail },
  };
}
