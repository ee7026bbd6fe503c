import { inject } from 'vitest';

import { reviewsContract, wishlistsContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

reviewsContract(postgresShopsOn(inject('postgresUrl')));
wishlistsContract(postgresShopsOn(inject('postgresUrl')));
