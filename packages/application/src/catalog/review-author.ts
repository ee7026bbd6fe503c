const SOMEBODY = 'Customer';

/** A first name and an initial: all that others get to know of who wrote a review. */
export function authorName(
  account: { readonly firstName: string; readonly lastName: string } | null,
): string {
  if (account === null) return SOMEBODY;
  const [initial = ''] = account.lastName.toUpperCase();
  return `${account.firstName} ${initial}.`;
}
