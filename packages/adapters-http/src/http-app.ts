import { OpenAPIHono } from '@hono/zod-openapi';

import type { MediaStorage } from '@kastoma/application/catalog';
import type { AuditQueries, StoreSettings } from '@kastoma/application/core';

import { categoryRoutes, type CategoryUseCases } from './catalog/categories.routes.ts';
import { imageRoutes, type ImageUseCases } from './catalog/images.routes.ts';
import { importRoutes, type ImportUseCases } from './catalog/imports.routes.ts';
import { productRoutes, type ProductUseCases } from './catalog/products.routes.ts';
import { relatedRoutes, type RelatedUseCases } from './catalog/related.routes.ts';
import { reviewRoutes, type ReviewUseCases } from './catalog/reviews.routes.ts';
import { variantRoutes, type VariantUseCases } from './catalog/variants.routes.ts';
import { wishlistRoutes, type WishlistUseCases } from './catalog/wishlists.routes.ts';
import { refuse, send, type Refusal } from './core/answers.ts';
import { auditRoutes } from './core/audit.routes.ts';
import { CLOSED_DOOR, negotiate, openDoor, type DoorSettings } from './core/door.ts';
import type { Endpoint } from './core/endpoint.ts';
import { mountEndpoints, type CallDependencies } from './core/mount-endpoints.ts';
import { openApiDocument } from './core/openapi-document.ts';
import { requestRefusal } from './core/request-problems.ts';
import type { RequestScope } from './core/request-scope.ts';
import { addressRoutes, type AddressUseCases } from './identity/addresses.routes.ts';
import { apiKeyRoutes, type ApiKeyUseCases } from './identity/api-keys.routes.ts';
import { identityRoutes, type IdentityUseCases } from './identity/identity.routes.ts';
import { passwordRoutes, type PasswordUseCases } from './identity/password.routes.ts';
import { profileRoutes, type ProfileUseCases } from './identity/profile.routes.ts';
import { secondFactorRoutes, type SecondFactorUseCases } from './identity/second-factor.routes.ts';
import { sessionRoutes, type SessionUseCases } from './identity/sessions.routes.ts';
import { userRoutes, type UserUseCases } from './identity/users.routes.ts';
import { verificationRoutes, type VerificationUseCases } from './identity/verification.routes.ts';
import { inventoryRoutes, type InventoryUseCases } from './inventory/inventory.routes.ts';
import {
  orderStreamRoutes,
  type OrderStreamUseCases,
} from './notifications/order-stream.routes.ts';
import { webhookRoutes, type WebhookUseCases } from './notifications/webhooks.routes.ts';
import { cartRoutes, type CartUseCases } from './ordering/cart.routes.ts';
import { invoiceRoutes } from './ordering/invoice.routes.ts';
import { orderExportRoutes, type OrderExportUseCases } from './ordering/order-export.routes.ts';
import { orderLifeRoutes, type OrderLifeUseCases } from './ordering/order-life.routes.ts';
import { orderRecordRoutes, type OrderRecordUseCases } from './ordering/order-records.routes.ts';
import { orderRoutes, type OrderUseCases } from './ordering/orders.routes.ts';
import { refundRoutes, type RefundUseCases } from './ordering/refunds.routes.ts';
import { returnRoutes, type ReturnUseCases } from './ordering/returns.routes.ts';
import { mountDocs } from './pages/docs.page.ts';
import { mountHealth, type HealthCheck } from './pages/health.routes.ts';
import { mountHome } from './pages/home.page.ts';
import { mountKeySet } from './pages/jwks.page.ts';
import { mountSeedPictures } from './pages/media.routes.ts';
import { mountStoredMedia } from './pages/stored-media.ts';
import { operationRoutes, type OperationUseCases } from './payments/operations.routes.ts';
import { paymentRoutes, type PaymentUseCases } from './payments/payments.routes.ts';
import { couponRoutes, type CouponUseCases } from './pricing/coupon.routes.ts';
import { promotionRoutes, type PromotionUseCases } from './pricing/promotion.routes.ts';
import { simulationRoutes, type SimulationUseCases } from './pricing/simulation.routes.ts';

export type HttpDependencies = CallDependencies & {
  /** Left out, nobody is believed and no other site may read. */
  readonly door?: DoorSettings;
  /** The CDN of what our pages load; left out, it comes from here. */
  readonly assetUrl?: string | undefined;
  readonly identity: IdentityUseCases &
    SessionUseCases &
    VerificationUseCases &
    PasswordUseCases &
    SecondFactorUseCases &
    AccountUseCases;
  readonly catalog: ProductUseCases &
    VariantUseCases &
    RelatedUseCases &
    CategoryUseCases &
    ImageUseCases &
    ImportUseCases &
    ReviewUseCases &
    WishlistUseCases;
  readonly inventory: InventoryUseCases;
  readonly cart: CartUseCases;
  readonly orders: OrderExportUseCases &
    OrderLifeUseCases &
    OrderRecordUseCases &
    OrderUseCases &
    RefundUseCases &
    ReturnUseCases;
  readonly notifications: WebhookUseCases & OrderStreamUseCases;
  readonly payments: OperationUseCases & PaymentUseCases;
  readonly promotions: PromotionUseCases & CouponUseCases & SimulationUseCases;
  readonly auditQueries: AuditQueries;
  readonly settings: StoreSettings;
  /** The public halves of the keys that sign access tokens, as JSON Web Keys. */
  readonly publicKeys: readonly object[];
  readonly healthChecks: readonly HealthCheck[];
  readonly isShuttingDown: () => boolean;
  readonly seedPicturesFolder: string;
  readonly mediaStorage: MediaStorage;
  /** Whether an exception means that something outside is gone for now, and not a defect. */
  readonly isUnavailable: (error: unknown) => boolean;
  readonly reportFailure: (failure: {
    readonly error: unknown;
    readonly requestId: string;
  }) => void;
};

type AccountUseCases = ProfileUseCases & AddressUseCases & UserUseCases & ApiKeyUseCases;

export type HttpApp = OpenAPIHono<RequestScope>;

type RouteDependencies = Pick<
  HttpDependencies,
  | 'identity'
  | 'catalog'
  | 'inventory'
  | 'cart'
  | 'notifications'
  | 'orders'
  | 'payments'
  | 'promotions'
  | 'auditQueries'
  | 'settings'
>;

/** Every route of the API. */
export function apiRoutes(dependencies: RouteDependencies): readonly Endpoint[] {
  return [
    ...identityRoutes(dependencies.identity),
    ...profileRoutes(dependencies.identity),
    ...addressRoutes(dependencies.identity),
    ...userRoutes(dependencies.identity),
    ...sessionRoutes(dependencies.identity),
    ...secondFactorRoutes(dependencies.identity),
    ...apiKeyRoutes(dependencies.identity),
    ...verificationRoutes(dependencies.identity),
    ...passwordRoutes(dependencies.identity),
    ...importRoutes(dependencies.catalog),
    ...productRoutes(dependencies.catalog, dependencies.settings),
    ...variantRoutes(dependencies.catalog),
    ...relatedRoutes(dependencies.catalog),
    ...imageRoutes(dependencies.catalog),
    ...categoryRoutes(dependencies.catalog, dependencies.settings),
    ...reviewRoutes(dependencies.catalog),
    ...wishlistRoutes(dependencies.catalog),
    ...inventoryRoutes(dependencies.inventory),
    ...cartRoutes(dependencies.cart),
    // Before the routes that take it for an order's id.
    ...orderStreamRoutes(dependencies.notifications),
    ...orderExportRoutes(dependencies.orders),
    ...orderRoutes(dependencies.orders),
    ...invoiceRoutes(dependencies.orders),
    ...orderLifeRoutes(dependencies.orders),
    ...orderRecordRoutes(dependencies.orders),
    ...refundRoutes(dependencies.orders),
    ...returnRoutes(dependencies.orders),
    ...webhookRoutes(dependencies.notifications),
    ...paymentRoutes(dependencies.payments),
    ...operationRoutes(dependencies.payments),
    ...promotionRoutes(dependencies.promotions),
    ...couponRoutes(dependencies.promotions),
    ...simulationRoutes(dependencies.promotions),
    ...auditRoutes(dependencies.auditQueries),
  ];
}

/** The reference of the whole API. Handlers are described and not called, so nothing stands behind them. */
export function describeApi(): object {
  const nothing = {
    identity: {},
    catalog: {},
    inventory: {},
    cart: {},
    notifications: {},
    orders: {},
    payments: {},
    promotions: {},
    auditQueries: {},
    settings: {},
  };
  return openApiDocument(apiRoutes(nothing as unknown as RouteDependencies));
}

/** The whole HTTP side: the API, its reference, health, and the page at the root. */
export function createHttpApp(dependencies: HttpDependencies): HttpApp {
  const endpoints = apiRoutes(dependencies);
  const app = new OpenAPIHono<RequestScope>({ getPath: pathWithoutTrailingSlash });
  app.use(openDoor(dependencies.door ?? CLOSED_DOOR));
  app.use('/api/v1/*', negotiate);
  mountEndpoints(app, endpoints, dependencies);
  mountDocs(app, openApiDocument(endpoints), dependencies.assetUrl);
  mountHealth(app, dependencies.healthChecks, dependencies.isShuttingDown);
  mountHome(app);
  mountKeySet(app, dependencies.publicKeys);
  mountSeedPictures(app, dependencies.seedPicturesFolder);
  mountStoredMedia(app, dependencies.mediaStorage);

  app.notFound((context) =>
    send(context, refuse(requestRefusal('request.not_found'), context.get('wantsProblemJson'))),
  );
  app.onError((error, context) => {
    const requestId = context.get('requestId');
    dependencies.reportFailure({ error, requestId });
    return send(
      context,
      refuse(
        refusalOf(error, requestId, dependencies.isUnavailable),
        context.get('wantsProblemJson'),
      ),
    );
  });
  return app;
}

/** `/products/` and `/products` are one address. */
function pathWithoutTrailingSlash(request: Request): string {
  const { pathname } = new URL(request.url);
  return pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
}

/** An exception's text is for the log: it may hold what nobody outside should see. */
function refusalOf(
  error: Error,
  requestId: string,
  isUnavailable: (error: unknown) => boolean,
): Refusal {
  if (isUnavailable(error))
    return requestRefusal('service.unavailable', { headers: { 'Retry-After': '5' } });
  const problem = {
    code: 'service.internal_error',
    message: 'Something went wrong on our side. It was recorded.',
    path: null,
    detail: { request_id: requestId },
  };
  return { status: 500, problems: [problem] };
}
