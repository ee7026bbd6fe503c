/** Lets time pass. */
export interface Pause {
  /** Over when the time has passed, or at once when the signal is aborted before. */
  for(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
