import type {
  ConfirmSecondFactor,
  DisableSecondFactor,
  Enrolment,
  EnrolSecondFactor,
  ReplaceRecoveryCodes,
  ResetSecondFactor,
  SecondFactorStanding,
  ViewSecondFactor,
} from '@kastoma/application/identity';
import { formatInstant } from '@kastoma/domain/core';
import { formatRecoveryCode, type RecoveryCode } from '@kastoma/domain/identity';

import { nothingAnswer } from '../core/core.schemas.ts';
import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { sessionOf } from './password.routes.ts';
import {
  confirmSecondFactorBody,
  enrolmentAnswer,
  enrolSecondFactorBody,
  recoveryCodesAnswer,
  secondFactorAnswer,
  secondFactorProofBody,
} from './second-factor.schemas.ts';
import { userParams } from './users.schemas.ts';

export type SecondFactorUseCases = {
  readonly viewSecondFactor: ViewSecondFactor;
  readonly enrolSecondFactor: EnrolSecondFactor;
  readonly confirmSecondFactor: ConfirmSecondFactor;
  readonly disableSecondFactor: DisableSecondFactor;
  readonly replaceRecoveryCodes: ReplaceRecoveryCodes;
  readonly resetSecondFactor: ResetSecondFactor;
};

const own = { tag: 'Auth', permission: 'account.own', secret: true } as const;
const showsRecoveryCodes = { answer: recoveryCodesAnswer, present: presentRecoveryCodes } as const;
const showsNothing = { answer: nothingAnswer, present: () => null } as const;

export function secondFactorRoutes(useCases: SecondFactorUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...own,
      method: 'get',
      path: '/auth/totp',
      summary: 'See whether my account has a second factor, and how many recovery codes are left',
      status: 200,
      message: 'Second factor',
      answer: secondFactorAnswer,
      present: presentSecondFactor,
      versionOf: ({ version }) => version,
      handle: ({ userId }) => useCases.viewSecondFactor.execute(userId),
    }),
    endpoint({
      ...own,
      method: 'post',
      path: '/auth/totp/enrol',
      summary:
        'Have a secret made for my authenticator app, with my password; nothing is asked for until I confirm it, within 15 minutes',
      body: enrolSecondFactorBody,
      status: 201,
      message: 'Tell your authenticator app the secret, and confirm with a code of it',
      answer: enrolmentAnswer,
      present: presentEnrolment,
      handle: ({ body, userId, context }) =>
        useCases.enrolSecondFactor.execute({ userId, ...body }, context),
    }),
    endpoint({
      ...own,
      ...showsRecoveryCodes,
      method: 'post',
      path: '/auth/totp/confirm',
      summary:
        'Switch the second factor on with a code of my app; every other session ends, and access tokens with them: refresh',
      body: confirmSecondFactorBody,
      status: 200,
      message: 'The second factor is on. Keep the recovery codes: they are shown once',
      handle: ({ body, actor, userId, context }) =>
        useCases.confirmSecondFactor.execute(
          { userId, ...body, keptSession: sessionOf(actor) },
          context,
        ),
    }),
    endpoint({
      ...own,
      ...showsNothing,
      method: 'post',
      path: '/auth/totp/disable',
      summary: 'Switch the second factor off, with my password and a code',
      body: secondFactorProofBody,
      status: 200,
      message: 'The second factor is off',
      handle: ({ body, userId, context }) =>
        useCases.disableSecondFactor.execute({ userId, ...body }, context),
    }),
    endpoint({
      ...own,
      ...showsRecoveryCodes,
      method: 'post',
      path: '/auth/totp/recovery-codes',
      summary: 'Have new recovery codes made, with my password and a code; the old ones are void',
      body: secondFactorProofBody,
      status: 201,
      message: 'Keep the recovery codes: they are shown once',
      handle: ({ body, userId, context }) =>
        useCases.replaceRecoveryCodes.execute({ userId, ...body }, context),
    }),
    endpoint({
      ...showsNothing,
      method: 'delete',
      path: '/users/{id}/totp',
      tag: 'Users',
      summary:
        'Take the second factor off an account whose owner has lost it; every session of the account ends',
      permission: 'users.manage',
      params: userParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'The second factor is off',
      handle: ({ params, userId: administrator, expectedVersion, context }) =>
        useCases.resetSecondFactor.execute(
          { userId: params.id, administrator, expectedVersion },
          context,
        ),
    }),
  ];
}

function presentSecondFactor({ enabledSince, recoveryCodesLeft, required }: SecondFactorStanding) {
  return {
    enabled: enabledSince !== null,
    enabled_since: enabledSince === null ? null : formatInstant(enabledSince),
    recovery_codes_left: recoveryCodesLeft,
    required,
  };
}

function presentEnrolment({ secret, uri }: Enrolment) {
  return { secret, otpauth_uri: uri };
}

function presentRecoveryCodes(codes: readonly RecoveryCode[]) {
  return { recovery_codes: codes.map(formatRecoveryCode) };
}
