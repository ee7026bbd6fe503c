/** The storage of media cannot be reached, or does not answer, for now. */
export class MediaUnavailable extends Error {
  override readonly name = 'MediaUnavailable';
}

/** Whether an exception means that, and not a defect. */
export function isMediaUnavailable(error: unknown): boolean {
  return error instanceof MediaUnavailable;
}
