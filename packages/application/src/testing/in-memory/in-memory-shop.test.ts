import { accessRepositoryContract } from '../contracts/access-repository.contract.ts';
import { addressBookRepositoryContract } from '../contracts/address-book-repository.contract.ts';
import { apiKeysContract } from '../contracts/api-keys.contract.ts';
import { auditQueriesContract } from '../contracts/audit-queries.contract.ts';
import { cartRepositoryContract } from '../contracts/cart-repository.contract.ts';
import { categoryQueriesContract } from '../contracts/category-queries.contract.ts';
import { categoryRepositoryContract } from '../contracts/category-repository.contract.ts';
import { couponQueriesContract } from '../contracts/coupon-queries.contract.ts';
import { couponRepositoryContract } from '../contracts/coupon-repository.contract.ts';
import { customersContract } from '../contracts/customers.contract.ts';
import { guestOrdersContract } from '../contracts/guest-orders.contract.ts';
import { idempotencyContract } from '../contracts/idempotency.contract.ts';
import { leftCartsContract } from '../contracts/left-carts.contract.ts';
import { mediaUploadsContract } from '../contracts/media-uploads.contract.ts';
import { offersContract } from '../contracts/offers.contract.ts';
import { oneTimeTokensContract } from '../contracts/one-time-tokens.contract.ts';
import { operationQueueContract } from '../contracts/operation-queue.contract.ts';
import { orderEventLogContract } from '../contracts/order-event-log.contract.ts';
import { orderLifeContract } from '../contracts/order-life.contract.ts';
import { orderQueriesContract } from '../contracts/order-queries.contract.ts';
import { orderRecordsContract } from '../contracts/order-records.contract.ts';
import { orderRepositoryContract } from '../contracts/order-repository.contract.ts';
import { outboxDeliveriesContract } from '../contracts/outbox-deliveries.contract.ts';
import { paymentRepositoryContract } from '../contracts/payment-repository.contract.ts';
import { personalDataContract } from '../contracts/personal-data.contract.ts';
import { productChangesContract } from '../contracts/product-changes.contract.ts';
import { productListContract } from '../contracts/product-list.contract.ts';
import { productQueriesContract } from '../contracts/product-queries.contract.ts';
import { productRepositoryContract } from '../contracts/product-repository.contract.ts';
import { productSearchContract } from '../contracts/product-search.contract.ts';
import { promotionQueriesContract } from '../contracts/promotion-queries.contract.ts';
import { promotionRepositoryContract } from '../contracts/promotion-repository.contract.ts';
import { promotionUsesContract } from '../contracts/promotion-uses.contract.ts';
import { promotionsInForceContract } from '../contracts/promotions-in-force.contract.ts';
import { providerEventsContract } from '../contracts/provider-events.contract.ts';
import { refundsContract } from '../contracts/refunds.contract.ts';
import { returnsContract } from '../contracts/returns.contract.ts';
import { reviewsContract } from '../contracts/reviews.contract.ts';
import { secondFactorRepositoryContract } from '../contracts/second-factor-repository.contract.ts';
import { sessionQueriesContract } from '../contracts/session-queries.contract.ts';
import { sessionRepositoryContract } from '../contracts/session-repository.contract.ts';
import { stockHistoryContract } from '../contracts/stock-history.contract.ts';
import { stockLedgerContract } from '../contracts/stock-ledger.contract.ts';
import { stockQueriesContract } from '../contracts/stock-queries.contract.ts';
import { stockReservationsContract } from '../contracts/stock-reservations.contract.ts';
import { stuckOperationsContract } from '../contracts/stuck-operations.contract.ts';
import { unitOfWorkContract } from '../contracts/unit-of-work.contract.ts';
import { userQueriesContract } from '../contracts/user-queries.contract.ts';
import { userRepositoryContract } from '../contracts/user-repository.contract.ts';
import { webhookDeliveriesContract } from '../contracts/webhook-deliveries.contract.ts';
import { webhookEndpointsContract } from '../contracts/webhook-endpoints.contract.ts';
import { wishlistsContract } from '../contracts/wishlists.contract.ts';
import { inMemoryShop } from './in-memory-shop.ts';

const contracts = [
  unitOfWorkContract,
  idempotencyContract,
  outboxDeliveriesContract,
  auditQueriesContract,
  userRepositoryContract,
  userQueriesContract,
  addressBookRepositoryContract,
  personalDataContract,
  sessionRepositoryContract,
  sessionQueriesContract,
  accessRepositoryContract,
  oneTimeTokensContract,
  secondFactorRepositoryContract,
  apiKeysContract,
  categoryRepositoryContract,
  categoryQueriesContract,
  productRepositoryContract,
  productQueriesContract,
  productListContract,
  productSearchContract,
  productChangesContract,
  mediaUploadsContract,
  refundsContract,
  returnsContract,
  reviewsContract,
  wishlistsContract,
  stockLedgerContract,
  stockReservationsContract,
  stockHistoryContract,
  stockQueriesContract,
  cartRepositoryContract,
  guestOrdersContract,
  leftCartsContract,
  customersContract,
  offersContract,
  orderRepositoryContract,
  orderLifeContract,
  orderRecordsContract,
  orderQueriesContract,
  paymentRepositoryContract,
  operationQueueContract,
  providerEventsContract,
  stuckOperationsContract,
  promotionRepositoryContract,
  promotionQueriesContract,
  couponRepositoryContract,
  couponQueriesContract,
  promotionUsesContract,
  promotionsInForceContract,
  webhookEndpointsContract,
  webhookDeliveriesContract,
  orderEventLogContract,
];

for (const contract of contracts)
  contract(async () => ({ ports: inMemoryShop(), close: async () => undefined }));
