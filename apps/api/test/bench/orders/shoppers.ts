import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** The bench is on the same machine: the plainest client of HTTP that there is. */
const AGENT = new Agent({ keepAlive: true, maxSockets: 256 });

/** The API closes connections that nobody uses for a while. */
export function hangUp(): void {
  AGENT.destroy();
}

type Answer = { readonly data: never; readonly cartToken: string | null };

const ADDRESS = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
};

/** Asks the API; anything but a success ends the benchmark. */
async function ask<Data>(
  url: string,
  method: string,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly data: Data; readonly cartToken: string | null }> {
  const sent = Buffer.from(JSON.stringify(body));
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(
      `${url}/api/v1${path}`,
      {
        method,
        agent: AGENT,
        headers: { 'Content-Type': 'application/json', 'Content-Length': sent.length, ...headers },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${text}`));
          else {
            const cartToken = answer.headers['x-cart-token'];
            resolve({
              data: (JSON.parse(text) as Answer).data,
              cartToken: typeof cartToken === 'string' ? cartToken : null,
            });
          }
        });
      },
    );
    asked.on('error', reject);
    asked.end(sent);
  });
}

/** Something to sell, as often as anybody likes. */
export async function stock(
  url: string,
  admin: { readonly email: string; readonly password: string },
  products: number,
): Promise<readonly { readonly productId: string; readonly variantId: string }[]> {
  const { data } = await ask<{ access: string }>(url, 'POST', '/auth/login/', admin);
  const made = [];
  for (let product = 1; product <= products; product += 1) {
    const price = { amount: '19.99', currency: 'USD' };
    const variants = [{ sku: `BENCH-${product}`, price, stock: 1_000_000 }];
    const lamp = await ask<{ id: string; variants: readonly [{ id: string }] }>(
      url,
      'POST',
      '/products/',
      { name: 'Desk lamp', variants },
      { Authorization: `Bearer ${data.access}` },
    );
    made.push({ productId: lamp.data.id, variantId: lamp.data.variants[0].id });
  }
  return made;
}

/** A guest with one unit in a new cart; gives the cart's token. */
export async function fillCart(url: string, variantId: string): Promise<string> {
  const { cartToken } = await ask(url, 'POST', '/cart/add_item/', {
    variant_id: variantId,
    quantity: 1,
  });
  if (cartToken === null) throw new Error('A new cart came without a token.');
  return cartToken;
}

export async function chooseAddressAndShipping(url: string, cartToken: string): Promise<void> {
  const known = { 'X-Cart-Token': cartToken };
  await ask(url, 'PUT', '/cart/address/', ADDRESS, known);
  await ask(url, 'PUT', '/cart/shipping/', { method: 'standard' }, known);
}

/** Orders what is in the cart, to an address of its own. */
export async function placeOrder(url: string, cartToken: string): Promise<void> {
  const key = randomUUID();
  await ask(
    url,
    'POST',
    '/orders/',
    {
      shipping_address: ADDRESS,
      shipping_method: 'standard',
      payment_method: 'manual',
      email: `bench-${key}@people.example`,
    },
    { 'X-Cart-Token': cartToken, 'Idempotency-Key': key },
  );
}
