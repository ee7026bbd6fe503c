import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { AccessRepository } from './access-repository.port.ts';
import type { AddressBookRepository } from './address-book-repository.port.ts';
import type { ApiKeyQueries } from './api-key-queries.port.ts';
import type { ApiKeyRepository } from './api-key-repository.port.ts';
import type { MailRequests } from './mail-requests.port.ts';
import type { OneTimeTokens } from './one-time-tokens.port.ts';
import type { PersonalData } from './personal-data.port.ts';
import type { SecondFactorRepository } from './second-factor-repository.port.ts';
import type { SessionRepository } from './session-repository.port.ts';
import type { SignInNotes } from './sign-in-notes.port.ts';
import type { UserRepository } from './user-repository.port.ts';

export type IdentityTx = {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly access: AccessRepository;
  readonly addressBooks: AddressBookRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly apiKeyQueries: ApiKeyQueries;
  readonly personalData: PersonalData;
  readonly oneTimeTokens: OneTimeTokens;
  readonly mailRequests: MailRequests;
  readonly secondFactors: SecondFactorRepository;
  readonly signInNotes: SignInNotes;
};

export type IdentityUnitOfWork = UnitOfWork<IdentityTx>;
