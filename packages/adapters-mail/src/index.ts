export * from './core/file-mailbox.ts';
export * from './core/no-mailer.ts';
export * from './core/smtp-mailer.ts';
