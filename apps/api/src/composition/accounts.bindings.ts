import type { Container } from 'inversify';

import {
  PostgresAddressBookReader,
  PostgresPersonalData,
  PostgresUserQueries,
} from '@kastoma/adapters-postgres';
import {
  AdministerUser,
  ChangeAddress,
  ChangeProfile,
  EraseAccount,
  ExportPersonalData,
  ForgetEndedSessions,
  ForgetErasedCustomers,
  RemoveAddress,
  SaveAddress,
  ViewAddresses,
} from '@kastoma/application/identity';

import type { Foundation } from './foundation.ts';
import { bind, bindValue } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** What people do with their accounts, and what those who run the shop do with them. */
export function bindAccounts(
  container: Container,
  { privacyPolicy }: Pick<Foundation, 'privacyPolicy'>,
): void {
  const { database, ids, clock, passwordHasher, rateLimiter, revokedAccess } = T;
  const { identityUnitOfWork: unitOfWork, userReader: users, addressBooks, personalData } = T;
  bindValue(container, T.privacyPolicy, privacyPolicy);
  bind(container, T.userQueries, { database }, (given) => new PostgresUserQueries(given.database));
  bind(
    container,
    addressBooks,
    { database },
    (given) => new PostgresAddressBookReader(given.database),
  );
  bind(container, personalData, { database }, (given) => new PostgresPersonalData(given.database));
  bind(container, T.viewAddresses, { addressBooks }, (given) => new ViewAddresses(given));
  bind(container, T.saveAddress, { unitOfWork, ids, clock }, (given) => new SaveAddress(given));
  bind(container, T.changeAddress, { unitOfWork }, (given) => new ChangeAddress(given));
  bind(container, T.removeAddress, { unitOfWork }, (given) => new RemoveAddress(given));
  bind(container, T.changeProfile, { unitOfWork, clock }, (given) => new ChangeProfile(given));
  bind(
    container,
    T.administerUser,
    { unitOfWork, revokedAccess, clock },
    (given) => new AdministerUser(given),
  );
  bind(
    container,
    T.exportPersonalData,
    { users, personalData, clock },
    (given) => new ExportPersonalData(given),
  );
  bind(
    container,
    T.forgetEndedSessions,
    { unitOfWork, clock },
    (given) => new ForgetEndedSessions(given),
  );
  const { tokenSecrets, secondFactorSecrets } = T;
  const proving = { passwordHasher, rateLimiter, tokenSecrets, secondFactorSecrets };
  const forgetting = { unitOfWork, clock, privacyPolicy: T.privacyPolicy };
  bind(
    container,
    T.eraseAccount,
    { ...forgetting, ...proving, users, revokedAccess },
    (given) => new EraseAccount(given),
  );
  bind(container, T.forgetErasedCustomers, forgetting, (given) => new ForgetErasedCustomers(given));
}
