export { openApiDocument } from './core/openapi-document.ts';
export * from './http-app.ts';
export type { HealthCheck } from './pages/health.routes.ts';
