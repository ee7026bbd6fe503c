type Point = {
  readonly lines: number;
  readonly promotions: number;
  readonly microseconds: number;
};

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 80;
const RIGHT = 150;
const TOP = 60;
const BOTTOM = 60;
const INKS = ['#8fb3c1', '#3f8ba8', '#0b4f6c', '#c2571a'];

/** Time a quote by lines, one curve a number of promotions, both axes logarithmic: growth in proportion is a slope of one. */
export function drawGrowth(points: readonly Point[]): string {
  const times = points.map(({ microseconds }) => Math.log10(microseconds));
  const lowest = Math.floor(Math.min(...times));
  const highest = Math.ceil(Math.max(...times));
  const widest = Math.log10(Math.max(...points.map(({ lines }) => lines)));
  const x = (lines: number) => LEFT + (Math.log10(lines) / widest) * (WIDTH - LEFT - RIGHT);
  const y = (microseconds: number) =>
    HEIGHT -
    BOTTOM -
    ((Math.log10(microseconds) - lowest) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM);
  const decades = Array.from({ length: highest - lowest + 1 }, (_, step) => 10 ** (lowest + step));
  const counts = [...new Set(points.map(({ promotions }) => promotions))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Microseconds a quote by the number of lines, for several numbers of promotions; both axes are logarithmic.">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbfaf8"/>`,
    `<text x="${LEFT}" y="30" font-size="17" fill="#22333b">Microseconds a quote, by lines and promotions</text>`,
    ...decades.map(
      (value) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#e2ddd5"/>` +
        `<text x="${LEFT - 10}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end" fill="#5c6b73">${value.toLocaleString('en')} µs</text>`,
    ),
    ...[...new Set(points.map(({ lines }) => lines))].map(
      (lines) =>
        `<text x="${x(lines).toFixed(1)}" y="${HEIGHT - BOTTOM + 24}" text-anchor="middle" fill="#5c6b73">${lines.toLocaleString('en')}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle" fill="#5c6b73">lines in the cart</text>`,
    ...counts.map((count, index) => {
      const curve = points.filter(({ promotions }) => promotions === count);
      const ink = INKS[index % INKS.length] ?? '#0b4f6c';
      const path = curve
        .map(({ lines, microseconds }) => `${x(lines).toFixed(1)},${y(microseconds).toFixed(1)}`)
        .join(' ');
      const end = curve.at(-1);
      const label = end === undefined ? 0 : y(end.microseconds) + 4;
      return (
        `<polyline points="${path}" fill="none" stroke="${ink}" stroke-width="2.5"/>` +
        curve
          .map(
            ({ lines, microseconds }) =>
              `<circle cx="${x(lines).toFixed(1)}" cy="${y(microseconds).toFixed(1)}" r="3.5" fill="${ink}"/>`,
          )
          .join('') +
        `<text x="${WIDTH - RIGHT + 12}" y="${label.toFixed(1)}" fill="${ink}">${count} promotions</text>`
      );
    }),
    '</svg>',
    '',
  ].join('\n');
}
