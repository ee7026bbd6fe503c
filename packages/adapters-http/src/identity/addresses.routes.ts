import type {
  ChangeAddress,
  RemoveAddress,
  SaveAddress,
  ViewAddresses,
} from '@kastoma/application/identity';
import { formatInstant } from '@kastoma/domain/core';
import type { SavedAddress } from '@kastoma/domain/identity';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  addressParams,
  changeAddressBody,
  saveAddressBody,
  savedAddressAnswer,
} from './addresses.schemas.ts';

export type AddressUseCases = {
  readonly viewAddresses: ViewAddresses;
  readonly saveAddress: SaveAddress;
  readonly changeAddress: ChangeAddress;
  readonly removeAddress: RemoveAddress;
};

const showsAddress = {
  tag: 'Users',
  permission: 'account.own',
  answer: savedAddressAnswer,
  present: presentSavedAddress,
} as const;
const versionOf = ({ version }: SavedAddress) => version;

export function addressRoutes(useCases: AddressUseCases): readonly Endpoint[] {
  return [
    listEndpoint({
      ...showsAddress,
      method: 'get',
      path: '/users/me/addresses',
      summary: 'List my addresses, the oldest first',
      query: pageOnlyQuery,
      message: 'Your addresses',
      handle: ({ userId, query }) => useCases.viewAddresses.list(userId, toPageRequest(query)),
    }),
    endpoint({
      ...showsAddress,
      method: 'post',
      path: '/users/me/addresses',
      summary: 'Keep an address; the first one is the default for shipping and billing',
      body: saveAddressBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Address kept',
      versionOf,
      handle: ({ userId, body, context }) =>
        useCases.saveAddress.execute({ userId, ...body }, context),
    }),
    endpoint({
      ...showsAddress,
      method: 'get',
      path: '/users/me/addresses/{id}',
      summary: 'Read one of my addresses',
      params: addressParams,
      status: 200,
      message: 'Your address',
      versionOf,
      handle: ({ userId, params }) => useCases.viewAddresses.find(userId, params.id),
    }),
    endpoint({
      ...showsAddress,
      method: 'patch',
      path: '/users/me/addresses/{id}',
      summary: 'Change an address, or make it the default',
      params: addressParams,
      body: changeAddressBody,
      ifMatch: 'accepted',
      status: 200,
      message: 'Address changed',
      versionOf,
      handle: ({ userId, params: { id }, body, expectedVersion, context }) =>
        useCases.changeAddress.execute({ userId, id, ...body, expectedVersion }, context),
    }),
    endpoint({
      ...showsAddress,
      method: 'delete',
      path: '/users/me/addresses/{id}',
      summary: 'Forget an address; the oldest of the others takes over what it was the default for',
      params: addressParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Address forgotten',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ userId, params: { id }, expectedVersion, context }) =>
        useCases.removeAddress.execute({ userId, id, expectedVersion }, context),
    }),
  ];
}

function presentSavedAddress(saved: SavedAddress) {
  return {
    id: saved.id,
    ...saved.address.toJSON(),
    is_default_shipping: saved.isDefaultShipping,
    is_default_billing: saved.isDefaultBilling,
    version: saved.version,
    created_at: formatInstant(saved.createdAt),
  };
}
