import type {
  ChangeProfile,
  EraseAccount,
  ExportPersonalData,
  PersonalFile,
  ViewProfile,
} from '@kastoma/application/identity';
import { formatInstant } from '@kastoma/domain/core';
import type { User } from '@kastoma/domain/identity';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { erasureBody, personalFileAnswer, profileAnswer, profileBody } from './profile.schemas.ts';

export type ProfileUseCases = {
  readonly viewProfile: ViewProfile;
  readonly changeProfile: ChangeProfile;
  readonly eraseAccount: EraseAccount;
  readonly exportPersonalData: ExportPersonalData;
};

const ownAccount = { tag: 'Users', permission: 'account.own' } as const;
const showsProfile = { answer: profileAnswer, present: presentProfile } as const;
const versionOf = ({ version }: User) => version;

export function profileRoutes(useCases: ProfileUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...ownAccount,
      ...showsProfile,
      method: 'get',
      path: '/users/me',
      summary: 'Read my account',
      status: 200,
      message: 'Your account',
      versionOf,
      handle: ({ userId }) => useCases.viewProfile.execute(userId),
    }),
    endpoint({
      ...ownAccount,
      ...showsProfile,
      method: 'patch',
      path: '/users/me',
      summary: 'Change what my account says of me',
      body: profileBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Your account was changed',
      versionOf,
      handle: ({ userId, body, expectedVersion, context }) => {
        const { phone, locale, avatar } = body;
        const changes = {
          firstName: body.first_name,
          lastName: body.last_name,
          phone,
          locale,
          birthDate: body.birth_date,
          avatar,
          marketingConsent: body.marketing_consent,
        };
        return useCases.changeProfile.execute({ userId, changes, expectedVersion }, context);
      },
    }),
    endpoint({
      ...ownAccount,
      method: 'delete',
      path: '/users/me',
      summary:
        'Erase me for good, with my password, and a code where I have a second factor: the books of the shop stay, I do not',
      body: erasureBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Your account was erased',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ userId, body, expectedVersion, context }) =>
        useCases.eraseAccount.execute({ userId, ...body, expectedVersion }, context),
    }),
    endpoint({
      ...ownAccount,
      method: 'get',
      path: '/users/me/export',
      summary: 'Take away everything that is stored about me, as one file',
      download: 'my-data.json',
      secret: true,
      status: 200,
      message: 'Everything that is stored about you',
      answer: personalFileAnswer,
      present: presentFile,
      handle: ({ userId }) => useCases.exportPersonalData.execute(userId),
    }),
  ];
}

function presentProfile({ state }: User) {
  return {
    id: state.id,
    email: state.email,
    first_name: state.firstName,
    last_name: state.lastName,
    role: state.role,
    email_verified: state.emailVerified,
    created_at: formatInstant(state.createdAt),
    phone: state.phone,
    locale: state.locale,
    birth_date: state.birthDate,
    marketing_consent: state.marketingConsentAt !== null,
    avatar: state.avatar,
  };
}

function presentFile({ exportedAt, records }: PersonalFile) {
  return {
    exported_at: formatInstant(exportedAt),
    records: records as Record<string, Record<string, unknown>[]>,
  };
}
