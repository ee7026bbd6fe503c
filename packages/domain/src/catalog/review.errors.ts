export type ReviewNotFound = { readonly code: 'catalog.review_not_found' };
/** One a customer and product. */
export type ReviewExists = { readonly code: 'catalog.review_exists' };
/** Nobody finds their own review helpful. */
export type OwnReview = { readonly code: 'catalog.own_review' };
/** It was decided so already. */
export type AlreadyModerated = {
  readonly code: 'catalog.review_already_moderated';
  readonly status: 'approved' | 'rejected';
};
