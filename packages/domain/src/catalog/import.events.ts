import type { DomainEvent } from '../core/domain-event.ts';

/** A file of products was received, and is worked off from now on. */
export type ImportStarted = DomainEvent<
  'catalog.import_started',
  { readonly importId: string; readonly dryRun: boolean; readonly rows: number }
>;

/** All rows of a file are done; of each product that it changed its own events tell. */
export type ImportFinished = DomainEvent<
  'catalog.import_finished',
  {
    readonly importId: string;
    readonly dryRun: boolean;
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly failedRows: number;
  }
>;

export type ImportEvent = ImportStarted | ImportFinished;
