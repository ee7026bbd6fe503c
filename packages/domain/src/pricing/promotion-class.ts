/** What a promotion discounts, and when: lines first, then the order, then its shipping. */
export const PROMOTION_CLASSES = ['line', 'order', 'shipping'] as const;
export type PromotionClass = (typeof PROMOTION_CLASSES)[number];
