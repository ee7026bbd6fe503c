import type { SeedShelf } from './shelf.ts';

export const GARDEN: SeedShelf = {
  slug: 'garden',
  name: 'Garden',
  description: 'Tools, pots and seeds for a bed, a balcony or a single window sill.',
  parent: 'outdoors',
  products: [
    {
      name: 'Watering can',
      description:
        'Galvanised steel, powder-coated in moss, with a brass rose that gives a fine and even rain. Two handles keep it balanced full or nearly empty. The small one is made for pots and shelves, the large one for beds.',
      picture: {
        name: 'watering-can',
        alt: 'A green watering can with a brass rose and falling drops of water',
      },
      attributes: { material: ['galvanised steel', 'brass'], colour: 'moss' },
      tags: ['bestseller'],
      status: 'published',
      variants: [
        {
          sku: 'GRD-CAN-15',
          name: '1.5 litres',
          price: 2700,
          stock: 24,
          weightGrams: 620,
          attributes: { capacity_ml: 1500 },
        },
        {
          sku: 'GRD-CAN-50',
          name: '5 litres',
          price: 4500,
          stock: 13,
          weightGrams: 1380,
          attributes: { capacity_ml: 5000 },
        },
      ],
    },
    {
      name: 'Hand trowel',
      description:
        'A stainless blade with a sharpened edge and a depth scale, set into an ash handle by a brass ferrule. Does not rust and does not bend on roots. The cord hangs it by the door.',
      picture: {
        name: 'hand-trowel',
        alt: 'A trowel with a wooden handle stuck into the earth beside a seedling',
      },
      attributes: { material: ['stainless steel', 'ash'], length_cm: 31 },
      tags: ['wood'],
      status: 'published',
      variants: [{ sku: 'GRD-TROWEL-ASH', price: 1950, stock: 29, weightGrams: 270 }],
    },
    {
      name: 'Terracotta pot with saucer',
      description:
        'A thick-walled pot of frost-resistant terracotta with a hole in its foot, and the saucer that belongs under it. The clay breathes, so roots stay healthy, and grows a pale bloom with time. Sold without the plant.',
      picture: {
        name: 'terracotta-pot',
        alt: 'A terracotta pot on a saucer with a leafy green plant',
      },
      attributes: { material: 'terracotta', frost_resistant: true },
      tags: ['ceramic'],
      status: 'published',
      variants: [
        {
          sku: 'GRD-POT-10',
          name: '10 cm',
          price: 600,
          stock: 85,
          weightGrams: 410,
          attributes: { diameter_cm: 10 },
        },
        {
          sku: 'GRD-POT-14',
          name: '14 cm',
          price: 950,
          stock: 62,
          weightGrams: 830,
          attributes: { diameter_cm: 14 },
        },
        {
          sku: 'GRD-POT-18',
          name: '18 cm',
          price: 1450,
          stock: 40,
          weightGrams: 1600,
          attributes: { diameter_cm: 18 },
        },
        {
          sku: 'GRD-POT-24',
          name: '24 cm',
          price: 2300,
          stock: 17,
          weightGrams: 3100,
          attributes: { diameter_cm: 24 },
        },
      ],
    },
    {
      name: 'Wildflower seeds',
      description:
        'Twelve native annuals and perennials for two square metres of poor soil: poppy, cornflower, yarrow, marguerite and others. Sow from March to May or in September, press down and do not cover. The first flowers come after about ten weeks, and the perennials return the year after.',
      picture: {
        name: 'wildflower-seeds',
        alt: 'A seed packet with three drawn flowers and a few seeds spilt beside it',
      },
      attributes: { species: 12, area_square_metres: 2, sowing_months: [3, 4, 5, 9] },
      tags: ['gift', 'seasonal'],
      status: 'published',
      variants: [{ sku: 'GRD-SEEDS-MEADOW', price: 450, stock: 120, weightGrams: 20 }],
    },
  ],
};
