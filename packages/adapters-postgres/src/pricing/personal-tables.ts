import type { PersonalTable } from '../core/personal-table.ts';
import { provedAddressOf } from '../identity/proved-address.ts';

/** The uses of promotions stay, since limits count them; the address of whoever used them goes. */
export const PRICING_TABLES: readonly PersonalTable[] = [
  {
    table: 'pricing.redemptions',
    records: 'coupon_uses',
    isOf: (sql, userId) => sql`
      customer_id = ${userId}
      or customer_id is null and email = ${provedAddressOf(sql, userId)}
    `,
    forget: async (sql, userId) => sql`
      update pricing.redemptions set email = null where customer_id = ${userId} and email is not null
    `,
  },
];
