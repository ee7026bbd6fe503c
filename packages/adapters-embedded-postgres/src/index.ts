export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresExit,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.ts';
export { EmbeddedPostgresUnavailable } from './embedded-postgres.errors.ts';
export { embeddedPostgresIsAvailable } from './native-build.ts';
