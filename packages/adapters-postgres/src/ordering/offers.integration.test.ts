import { inject } from 'vitest';

import { offersContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

offersContract(postgresShopsOn(inject('postgresUrl')));
