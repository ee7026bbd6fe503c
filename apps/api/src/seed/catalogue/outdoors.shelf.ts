import type { SeedShelf } from './shelf.ts';

export const OUTDOORS: SeedShelf = {
  slug: 'outdoors',
  name: 'Outdoors',
  description: 'For day walks, meadows and the first night in a tent.',
  parent: null,
  products: [
    {
      name: 'Waxed canvas rucksack',
      description:
        'An eighteen-litre daypack of waxed cotton canvas with leather straps and brass buckles. Two side pockets take a bottle each, a sleeve inside takes a 14-inch laptop on weekdays. It keeps out rain, though not a river; re-wax it once a year.',
      picture: {
        name: 'canvas-rucksack',
        alt: 'A green canvas rucksack with leather straps and a front pocket',
      },
      attributes: { material: ['waxed cotton', 'leather'], capacity_litres: 18 },
      tags: ['bestseller', 'travel'],
      status: 'published',
      variants: [
        {
          sku: 'OUT-RUCKSACK-MOSS',
          name: 'Moss',
          price: 12500,
          stock: 9,
          weightGrams: 1180,
          attributes: { colour: 'moss' },
        },
        {
          sku: 'OUT-RUCKSACK-SAND',
          name: 'Sand',
          price: 9900,
          compareAtPrice: 12500,
          stock: 4,
          weightGrams: 1180,
          attributes: { colour: 'sand' },
        },
      ],
    },
    {
      name: 'Insulated flask',
      description:
        'Double-walled steel that keeps tea hot for twelve hours and water cold for a day. The cap is a cup, and a leather strap ties it to a pack. Wash by hand, so that the powder coat lasts.',
      picture: {
        name: 'insulated-flask',
        alt: 'A rust-coloured flask with a steel cap, a strap and a drawing of mountains',
      },
      attributes: { material: 'stainless steel', hot_hours: 12 },
      tags: ['coffee', 'travel'],
      status: 'published',
      variants: [
        {
          sku: 'OUT-FLASK-500',
          name: '0.5 litres',
          price: 2900,
          stock: 32,
          weightGrams: 340,
          attributes: { capacity_ml: 500 },
        },
        {
          sku: 'OUT-FLASK-750',
          name: '0.75 litres',
          price: 3400,
          stock: 27,
          weightGrams: 430,
          attributes: { capacity_ml: 750 },
        },
      ],
    },
    {
      name: 'Rechargeable camp lantern',
      description:
        'A warm LED behind frosted glass that dims from reading light to the glow of a candle. Runs for nine hours at full brightness and some sixty at the lowest, and charges over USB-C. Splash-proof, with a bail that hangs from a branch.',
      picture: {
        name: 'camp-lantern',
        alt: 'A dark blue lantern with a wire handle, glowing warmly',
      },
      attributes: { material: ['steel', 'glass'], brightness_lumens: 280, charging: 'USB-C' },
      tags: ['camping', 'new'],
      status: 'published',
      variants: [{ sku: 'OUT-LANTERN-LED', price: 6400, stock: 15, weightGrams: 690 }],
    },
    {
      name: 'Field compass',
      description:
        'A liquid-damped needle in a brass case that ages as it is carried. The dial is marked in two-degree steps and the needle settles within three seconds. Keep it away from phones and knives.',
      picture: {
        name: 'field-compass',
        alt: 'A brass compass with a ring, its red needle pointing to the north-east',
      },
      attributes: { material: 'brass', diameter_cm: 5 },
      tags: ['camping', 'gift'],
      status: 'published',
      variants: [{ sku: 'OUT-COMPASS-BRASS', price: 3400, stock: 21, weightGrams: 95 }],
    },
    {
      name: 'Picnic blanket with carrying strap',
      description:
        'A checked blanket of recycled wool, backed with a coated fabric that keeps wet grass out. Opens to 140 by 180 cm, rolls up under a leather strap and is shaken clean. The strap comes with it.',
      picture: {
        name: 'picnic-blanket',
        alt: 'A rolled red checked blanket held by two leather straps with a handle',
      },
      attributes: { material: 'recycled wool', width_cm: 140, length_cm: 180 },
      tags: ['seasonal', 'travel'],
      status: 'published',
      variants: [{ sku: 'OUT-PICNIC-CHECK', price: 5800, stock: 16, weightGrams: 1450 }],
    },
    {
      name: 'Folding camp stool',
      description:
        'A beech frame and a canvas sling that fold to the size of an umbrella. Carries 110 kg. We are waiting for the second sample before it goes on sale.',
      picture: {
        name: 'folding-camp-stool',
        alt: 'A folding stool with crossed wooden legs and an ochre canvas seat',
      },
      attributes: { material: ['beech', 'canvas'], load_kg: 110 },
      tags: ['camping'],
      status: 'draft',
      variants: [{ sku: 'OUT-STOOL-OCHRE', price: 4900, stock: 0, weightGrams: 980 }],
    },
  ],
};
