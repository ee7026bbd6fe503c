/** A moment by the cache's own clock, which never stands still: of two moments the later is the greater. */
export type CacheTime = number;

/** Every value has it, so that all of them can be forgotten at once. */
export const EVERYTHING = 'everything';

/** Nothing is kept for longer, whoever asks for it. */
export const LONGEST_KEPT_MILLISECONDS = 60_000;

export type CacheValue = {
  readonly text: string;
  /** What it was read of: of two versions the greater is the newer one; 0 where there are none. */
  readonly version: number;
  /** What it shows: forgotten with any of these. Without blanks. */
  readonly tags: readonly string[];
};

export type CacheFinding =
  | { readonly kind: 'found'; readonly text: string }
  | {
      readonly kind: 'missing';
      /** What is read from now on may be kept as of this moment; null where nothing can be kept. */
      readonly readFrom: CacheTime | null;
      /** Whether somebody else has found it missing a moment ago and reads it. */
      readonly isBeingRead: boolean;
    };

/**
 * Texts that were costly to make, for all processes that share it. Whatever it answers, it was good:
 * no reader, however slow, puts back what somebody has meanwhile had forgotten, or what is older
 * than what is there.
 */
export interface Cache {
  /** Of those who find it missing at once, one is to read it; the others are told so. */
  find(key: string): Promise<CacheFinding>;
  /** Whether it was kept: not where something of it was forgotten since, or where something newer is there. */
  keep(key: string, value: CacheValue, readFrom: CacheTime, milliseconds: number): Promise<boolean>;
  /** Whoever was to read it does not: the next one may. */
  release(key: string): Promise<void>;
  /** What was read before this moment, or before so much later, is not good any more. */
  forget(tags: readonly string[], settlingMilliseconds?: number): Promise<void>;
}
