import type { ReviewView } from '@kastoma/application/catalog';
import { formatInstant } from '@kastoma/domain/core';

export function presentReview(review: ReviewView) {
  return {
    id: review.id,
    product: review.product,
    author: review.author,
    rating: review.rating,
    title: review.title,
    comment: review.comment,
    verified_purchase: review.isVerifiedPurchase,
    status: review.status,
    helpful_count: review.helpfulCount,
    version: review.version,
    created_at: formatInstant(review.createdAt),
    updated_at: formatInstant(review.updatedAt),
  };
}
