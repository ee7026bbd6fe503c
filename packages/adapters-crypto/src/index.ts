export * from './identity/argon2-password-hasher.ts';
export * from './identity/cached-access-tokens.ts';
export * from './identity/filtered-known-passwords.ts';
export * from './identity/jose-access-tokens.ts';
export * from './identity/random-api-key-secrets.ts';
export * from './identity/random-token-secrets.ts';
export * from './identity/sealed-second-factor-secrets.ts';
export { ENCRYPTION_KEY_BYTES, SecretSealer } from './identity/secret-sealer.ts';
export * from './identity/token-keys.ts';
