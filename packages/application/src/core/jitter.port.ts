/** Keeps those who wait from coming back all at once. */
export interface Jitter {
  /** A length between half of it and all of it, by chance. */
  spread(seconds: number): number;
}
