import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { SessionRepository } from './session-repository.port.ts';
import type { UserRepository } from './user-repository.port.ts';

export type IdentityTx = {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
};

export type IdentityUnitOfWork = UnitOfWork<IdentityTx>;
