export * from './email-address.value.ts';
export * from './full-name.value.ts';
export * from './identity.errors.ts';
export * from './password.value.ts';
export * from './permissions.ts';
export * from './session.aggregate.ts';
export * from './user.aggregate.ts';
export * from './user.events.ts';
