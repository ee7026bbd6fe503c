import { inject } from 'vitest';

import { mediaUploadsContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

mediaUploadsContract(postgresShopsOn(inject('postgresUrl')));
