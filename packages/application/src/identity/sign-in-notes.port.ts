import type { ResultAsync } from 'neverthrow';

import type { SignInEvent } from '@kastoma/domain/identity';

/** Notes what happens at the door and changes nothing that is stored otherwise. */
export interface SignInNotes {
  add(note: SignInEvent): ResultAsync<void, never>;
}
