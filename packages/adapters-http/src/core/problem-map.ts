import type { FieldPath } from '@kastoma/domain/core';

/** The statuses that an expected error may have; 500 is for defects alone. With 301 the frame says where to look instead. */
export type ProblemStatus =
  | 301
  | 400
  | 401
  | 403
  | 404
  | 405
  | 406
  | 408
  | 409
  | 412
  | 413
  | 415
  | 422
  | 428
  | 429
  | 431
  | 503;

/** One error as clients see it, before it is written as an envelope or as problem+json. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  /** Where in the request it stands, in the names of the wire: `variants.0.sku`. */
  readonly path: string | null;
  readonly detail: object;
};

type CodedError = { readonly code: string; readonly path?: FieldPath };

/** How each error of a union is told: the status, the words, and what else a client may want to know. */
export type ProblemMap<KnownError extends CodedError> = {
  readonly [Code in KnownError['code']]: {
    readonly status: ProblemStatus;
    readonly describe: (error: Extract<KnownError, { code: Code }>) => string;
    readonly detail?: (error: Extract<KnownError, { code: Code }>) => object;
    readonly headers?: (error: Extract<KnownError, { code: Code }>) => Record<string, string>;
    /** The field that is wrong, where the error itself does not know. */
    readonly field?: string;
  };
};

/** `['variants', 0, 'compareAtPrice']` as clients wrote it: `variants.0.compare_at_price`. */
export function toWirePath(path: FieldPath): string {
  const ownNames = path.indexOf('attributes');
  return path
    .map((part, index) =>
      typeof part === 'string' && (ownNames === -1 || index < ownNames)
        ? toSnakeCase(part)
        : String(part),
    )
    .join('.');
}

function toSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
