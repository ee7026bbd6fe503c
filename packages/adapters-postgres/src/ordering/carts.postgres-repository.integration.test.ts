import { inject } from 'vitest';

import {
  cartRepositoryContract,
  guestOrdersContract,
  leftCartsContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

const open = postgresShopsOn(inject('postgresUrl'));

cartRepositoryContract(open);
leftCartsContract(open);
guestOrdersContract(open);
