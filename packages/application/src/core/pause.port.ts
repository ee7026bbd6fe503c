/** Lets time pass. */
export interface Pause {
  for(milliseconds: number): Promise<void>;
}
