export { errorCodes } from './core/openapi-document.ts';
export type { DoorSettings } from './core/door.ts';
export {
  GuardedWebhookAddresses,
  type Resolve,
  type WebhookTargets,
} from './notifications/guarded-webhook-addresses.ts';
export { GuardedWebhookSender } from './notifications/guarded-webhook-sender.ts';
export type { RequestLimits } from './core/request-limits.ts';
export { presentImport, presentImportProblem } from './catalog/imports.presenters.ts';
export * from './http-app.ts';
export type { HealthCheck } from './pages/health.routes.ts';
export { refuseEarly } from './core/early-refusal.ts';
