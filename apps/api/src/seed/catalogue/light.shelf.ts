import type { SeedShelf } from './shelf.ts';

export const LIGHT: SeedShelf = {
  slug: 'light-and-warmth',
  name: 'Light & warmth',
  description: 'Candles, a lamp and something to warm the feet, for the darker half of the year.',
  parent: 'home',
  products: [
    {
      name: 'Beeswax dinner candles, pair',
      description:
        'Two hand-dipped tapers of pure beeswax that burn for about eight hours each, with a faint smell of honey. They are 2.2 cm thick at the foot and fit an ordinary holder; the holders in the picture are not included.',
      picture: {
        name: 'beeswax-candles',
        alt: 'Two lit honey-coloured candles in brass holders',
      },
      attributes: { material: 'beeswax', burn_hours: 8, pieces: 2 },
      tags: ['candle', 'gift'],
      status: 'published',
      variants: [{ sku: 'LGT-TAPER-PAIR', price: 1500, stock: 60, weightGrams: 190 }],
    },
    {
      name: 'Scented candle in a tin',
      description:
        'Rapeseed wax with a cotton wick, poured into a lidded tin that makes a good pencil pot afterwards. The scents are made to be noticed on coming in and forgotten after. Burns for about forty hours; trim the wick to half a centimetre each time.',
      picture: {
        name: 'scented-candle',
        alt: 'A lit candle in a green tin with a leaf on its label, the brass lid beside it',
      },
      attributes: { material: 'rapeseed wax', burn_hours: 40 },
      tags: ['candle', 'gift'],
      status: 'published',
      variants: [
        {
          sku: 'LGT-TIN-FIG',
          name: 'Fig leaf',
          price: 1900,
          stock: 28,
          weightGrams: 340,
          attributes: { scent: 'fig leaf' },
        },
        {
          sku: 'LGT-TIN-CEDAR',
          name: 'Cedar smoke',
          price: 1900,
          stock: 24,
          weightGrams: 340,
          attributes: { scent: 'cedar smoke' },
        },
        {
          sku: 'LGT-TIN-MINT',
          name: 'Garden mint',
          price: 1500,
          compareAtPrice: 1900,
          stock: 6,
          weightGrams: 340,
          attributes: { scent: 'garden mint' },
        },
      ],
    },
    {
      name: 'Ceramic table lamp',
      description:
        'A round terracotta-glazed foot under a cotton shade, with a pull cord and two metres of fabric flex. Takes one E27 bulb of up to 40 watts, not included. The shade is fixed by a ring and can be changed.',
      picture: {
        name: 'ceramic-table-lamp',
        alt: 'A table lamp with a round terracotta foot and a cream shade, lit',
      },
      attributes: { material: ['ceramic', 'cotton'], height_cm: 42, bulb: 'E27' },
      tags: ['ceramic', 'new'],
      status: 'published',
      variants: [
        {
          sku: 'LGT-LAMP-TERRA',
          price: 7800,
          compareAtPrice: 9200,
          stock: 8,
          weightGrams: 1900,
        },
      ],
    },
    {
      name: 'Hot-water bottle with knitted cover',
      description:
        'A two-litre natural rubber bottle in a cable-knit cover of lambswool that buttons off for washing. Fill it with hot, not boiling, water and press out the air before closing. Replace the bottle after two years.',
      picture: {
        name: 'hot-water-bottle',
        alt: 'A hot-water bottle in an oat-coloured cable-knit cover with a red cord',
      },
      attributes: { material: ['rubber', 'lambswool'], capacity_ml: 2000 },
      tags: ['seasonal', 'wool'],
      status: 'published',
      variants: [
        {
          sku: 'LGT-BOTTLE-OAT',
          name: 'Oat',
          price: 3200,
          stock: 26,
          weightGrams: 520,
          attributes: { colour: 'oat' },
        },
        {
          sku: 'LGT-BOTTLE-MOSS',
          name: 'Moss',
          price: 3200,
          stock: 23,
          weightGrams: 520,
          attributes: { colour: 'moss' },
        },
      ],
    },
  ],
};
