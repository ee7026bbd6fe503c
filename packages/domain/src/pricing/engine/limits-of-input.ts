/** How much of everything one input may hold: beyond it nobody prices a cart, somebody attacks a service. */
export const MOST_LINES = 5_000;
export const MOST_PROMOTIONS = 1_000;
export const MOST_COUPONS = 1_000;
export const MOST_CODES = 100;
export const MOST_USES = 1_000;
export const MOST_TAX_RULES = 5_000;
/** Rules that fit one destination: each line may have a share of each. */
export const MOST_TAX_RULES_OF_A_PLACE = 100;
export const MOST_SHIPPING_RATES = 1_000;
export const MOST_CUSTOMER_GROUPS = 1_000;
/** Lines times effects of promotions: what one quote may have to look at, and to explain. */
export const MOST_LINES_BY_EFFECTS = 1_000_000;
