import { cpuOf, grouped, type Figure } from './catalogue-table.ts';

const WIDTH = 760;
const HEIGHT = 460;
const LEFT = 80;
const RIGHT = 190;
const TOP = 60;
const BOTTOM = 60;
const LEAST_BETWEEN_LABELS = 17;
const INKS = { product: '#0b4f6c', bounded: '#3f8ba8', reported: '#c2571a' } as const;

/** CPU time of a read by one client over the number of products, both axes logarithmic: what costs the same in any shop is level. */
export function catalogueChart(figures: readonly Figure[]): string {
  const curves = grouped(figures.filter(({ clients }) => clients === 1));
  const costs = curves.flat().map(({ cold }) => Math.log10(cpuOf(cold)));
  const sizes = [...new Set(figures.map(({ products }) => Math.log10(products)))];
  const [low, high] = [Math.floor(Math.min(...costs)), Math.ceil(Math.max(...costs))];
  const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
  const x = (size: number) =>
    LEFT + ((size - small) / (large - small || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (cost: number) =>
    HEIGHT - BOTTOM - ((cost - low) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const decades = Array.from({ length: high - low + 1 }, (_, step) => low + step);
  const point = ({ products, cold }: Figure) =>
    `${x(Math.log10(products)).toFixed(1)},${y(Math.log10(cpuOf(cold))).toFixed(1)}`;
  const ends = curves
    .map((curve) => ({ curve, last: curve.at(-1) as Figure }))
    .map(({ curve, last }) => ({ curve, last, at: y(Math.log10(cpuOf(last.cold))) }))
    .toSorted((a, b) => a.at - b.at);
  let lowest = -Infinity;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Milliseconds of CPU a read by the number of products, for several reads; both axes are logarithmic.">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbfaf8"/>`,
    `<text x="${LEFT}" y="30" font-size="17" fill="#22333b">Milliseconds of CPU a read, nothing remembered</text>`,
    ...decades.map(
      (decade) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(decade).toFixed(1)}" y2="${y(decade).toFixed(1)}" stroke="#e2ddd5"/>` +
        `<text x="${LEFT - 10}" y="${(y(decade) + 4).toFixed(1)}" text-anchor="end" fill="#5c6b73">${10 ** decade} ms</text>`,
    ),
    ...sizes.map(
      (size) =>
        `<text x="${x(size).toFixed(1)}" y="${HEIGHT - BOTTOM + 24}" text-anchor="middle" fill="#5c6b73">${(10 ** size).toLocaleString('en', { maximumFractionDigits: 0 })}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle" fill="#5c6b73">products</text>`,
    ...ends.map(({ curve, last, at }) => {
      const ink = INKS[last.kind];
      lowest = Math.max(at + 4, lowest + LEAST_BETWEEN_LABELS);
      return (
        `<polyline points="${curve.map(point).join(' ')}" fill="none" stroke="${ink}" stroke-width="2"/>` +
        `<text x="${WIDTH - RIGHT + 12}" y="${lowest.toFixed(1)}" fill="${ink}">${last.name}</text>`
      );
    }),
    '</svg>',
    '',
  ].join('\n');
}
