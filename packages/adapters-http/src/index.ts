export * from './http-app.ts';
export type { HealthCheck } from './pages/health.routes.ts';
