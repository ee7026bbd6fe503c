import { systemContext } from '@kastoma/application/core';
import { Rate } from '@kastoma/domain/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { storePrice } from './catalogue/store-price.ts';

const CONTEXT = systemContext('first-start');
const CODE = 'WELCOME10';

/** A tenth off an order of 30.00 or more, for whoever types WELCOME10; one that is there already stays as it is. */
export async function plantDemoCoupon(wiring: Wiring): Promise<void> {
  const { currency } = wiring.get(TOKENS.settings);
  const planted = await Rate.parsePercentage('10').asyncAndThen((percentage) =>
    wiring.get(TOKENS.createCoupon).execute(
      {
        code: CODE,
        singleUse: false,
        active: true,
        promotion: {
          draft: {
            name: 'Welcome: 10 % off',
            effects: [{ type: 'percentage', percentage }],
            conditions: { minimumSubtotal: storePrice(3_000, currency) },
          },
        },
      },
      CONTEXT,
    ),
  );
  if (planted.isErr() && planted.error.code !== 'pricing.coupon_code_taken')
    throw new Error(`The coupon ${CODE} could not be planted: ${planted.error.code}`);
}
