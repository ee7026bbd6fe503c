export { errorCodes } from './core/openapi-document.ts';
export * from './http-app.ts';
export type { HealthCheck } from './pages/health.routes.ts';
export { refuseEarly } from './core/early-refusal.ts';
