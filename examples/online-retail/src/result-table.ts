import { REASONS } from './refusal-reasons.ts';
import type { ReplayResult } from './replay-result.ts';

const NOTHING = '–';

/** The result for people: Markdown, aligned for the eye. */
export function resultTable(result: ReplayResult): string {
  return [linesTable(result), ordersTable(result), factsTable(result), verdict(result)].join(
    '\n\n',
  );
}

function linesTable({ lines }: ReplayResult): string {
  const refused = lines.refused.reduce((count, row) => count + row.lines, 0);
  return table([
    ['lines of the file', 'lines', 'amount GBP'],
    ['accepted', count(lines.accepted.lines), grouped(lines.accepted.amount)],
    ...lines.refused.map(({ reason, lines: number, amount }) => [
      `refused: ${REASONS[reason]}`,
      count(number),
      amount === null ? NOTHING : grouped(amount),
    ]),
    ['accepted and refused', count(lines.accepted.lines + refused), ''],
    ['read', count(lines.read), ''],
  ]);
}

function ordersTable({ file, shop, orders, difference }: ReplayResult): string {
  const inShop = orders.placed + orders.found;
  return table([
    ['orders', 'orders', 'subtotal', 'discount', 'shipping', 'tax', 'total'],
    [
      'file, accepted lines',
      count(orders.expected),
      grouped(file.subtotal),
      ...Array.from({ length: 4 }, () => NOTHING),
    ],
    [
      'shop',
      count(inShop),
      ...[shop.subtotal, shop.discount, shop.shipping, shop.tax, shop.total].map(grouped),
    ],
    [
      'difference',
      count(inShop - orders.expected),
      grouped(difference),
      ...Array.from({ length: 4 }, () => ''),
    ],
  ]);
}

function factsTable({ invoices, customers, catalogue, orders, seconds }: ReplayResult): string {
  return table([
    ['replay', ''],
    ['invoices', count(invoices.read)],
    ['invoices without a line to order', count(invoices.without)],
    ['invoices split into several orders', count(invoices.split)],
    ['customers', count(customers)],
    ['stock codes', count(catalogue.stock_codes)],
    ['products', count(catalogue.products)],
    ['products with several prices', count(catalogue.products_with_several_prices)],
    ['variants', count(catalogue.variants)],
    ['products created / found', `${count(catalogue.created)} / ${count(catalogue.found)}`],
    ['orders placed now', count(orders.placed)],
    ['orders found from a run before', count(orders.found)],
    ['orders not placed', count(orders.failed.length)],
    ['seconds for the catalogue', seconds.catalogue.toFixed(1)],
    ['seconds for the orders', seconds.orders.toFixed(1)],
    ['seconds in all', seconds.total.toFixed(1)],
  ]);
}

function verdict({ agrees, difference, orders }: ReplayResult): string {
  return agrees
    ? 'The shop and the file agree to the penny.'
    : `THE SHOP AND THE FILE DISAGREE: ${grouped(difference)} GBP, ${count(orders.failed.length)} orders not placed.`;
}

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const [header = [], ...body] = rows;
  const widths = header.map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...body.map(line)].join('\n');
}

function count(number: number): string {
  return grouped(String(number));
}

/** `1234567.89` as `1,234,567.89`. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const withCommas = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}
