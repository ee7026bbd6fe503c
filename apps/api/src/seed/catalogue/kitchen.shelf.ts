import type { SeedShelf } from './shelf.ts';

export const KITCHEN: SeedShelf = {
  slug: 'kitchen-and-table',
  name: 'Kitchen & table',
  description: 'Stoneware, wood and glass that earn their place on the shelf by daily use.',
  parent: 'home',
  products: [
    {
      name: 'Dipped stoneware mug',
      description:
        'A thrown mug with a generous handle, dipped in glaze down to a band of bare speckled clay. Holds 350 ml, so a proper mug of tea with room for milk. Fine in dishwasher and microwave; no two dip lines are alike.',
      picture: {
        name: 'stoneware-mug',
        alt: 'A steaming mug, glazed green above and bare speckled clay below',
      },
      attributes: { material: 'stoneware', capacity_ml: 350, dishwasher_safe: true },
      tags: ['bestseller', 'ceramic', 'gift'],
      status: 'published',
      variants: [
        {
          sku: 'KIT-MUG-MOSS',
          name: 'Moss',
          price: 1600,
          stock: 48,
          weightGrams: 380,
          attributes: { colour: 'moss' },
        },
        {
          sku: 'KIT-MUG-OAT',
          name: 'Oat',
          price: 1600,
          stock: 52,
          weightGrams: 380,
          attributes: { colour: 'oat' },
        },
        {
          sku: 'KIT-MUG-SLATE',
          name: 'Slate',
          price: 1600,
          stock: 36,
          weightGrams: 380,
          attributes: { colour: 'slate' },
        },
      ],
    },
    {
      name: 'Teapot with strainer',
      description:
        'A round-bellied pot for three to four cups, with a steel strainer that lifts out once the tea is done. The spout is cut sharp so that it does not drip. The wooden knob stays cool; take it off before the dishwasher.',
      picture: { name: 'teapot', alt: 'A slate-blue teapot with a wooden knob on its lid' },
      attributes: { material: 'stoneware', capacity_ml: 900, colour: 'slate' },
      tags: ['ceramic', 'gift'],
      status: 'published',
      variants: [{ sku: 'KIT-TEAPOT-900', price: 4200, stock: 13, weightGrams: 1120 }],
    },
    {
      name: 'Oak chopping board',
      description:
        'One piece of European oak, oiled and not lacquered, with a handle to hang it by. Knives stay sharp on it and marks can be sanded out. Wipe it, let it stand to dry, and oil it when it looks thirsty. Not for the dishwasher.',
      picture: {
        name: 'oak-chopping-board',
        alt: 'A wooden chopping board with a handle, half a lemon and a leaf on it',
      },
      attributes: { material: 'oak', finish: 'oiled', dishwasher_safe: false },
      tags: ['wood'],
      status: 'published',
      variants: [
        {
          sku: 'KIT-BOARD-S',
          name: 'Small',
          price: 2800,
          stock: 20,
          weightGrams: 850,
          attributes: { size: 'small', length_cm: 34 },
        },
        {
          sku: 'KIT-BOARD-L',
          name: 'Large',
          price: 4400,
          stock: 15,
          weightGrams: 1600,
          attributes: { size: 'large', length_cm: 46 },
        },
      ],
    },
    {
      name: 'Pour-over coffee set',
      description:
        'A porcelain cone and the glass server that it sits on, for two to three cups at a time. Takes ordinary size 2 paper filters, of which twenty are in the box. The server may go on a gas ring with a diffuser, not on induction.',
      picture: {
        name: 'pour-over-dripper',
        alt: 'A porcelain coffee dripper on a glass server half full of coffee',
      },
      attributes: { material: ['porcelain', 'glass'], capacity_ml: 500, filter_size: 2 },
      tags: ['coffee', 'gift'],
      status: 'published',
      variants: [
        {
          sku: 'KIT-POUROVER-2',
          price: 3600,
          compareAtPrice: 4500,
          stock: 17,
          weightGrams: 740,
        },
      ],
    },
    {
      name: 'Linen tea towels, set of two',
      description:
        'One cream towel with a woven border and one striped in slate, both pure linen. They dry glasses without leaving lint and dry themselves within the hour. Each has a loop to hang it by.',
      picture: {
        name: 'linen-tea-towels',
        alt: 'Two tea towels on a wooden rail, one cream with red bands, one with blue stripes',
      },
      attributes: { material: 'linen', width_cm: 50, length_cm: 70, pieces: 2 },
      tags: ['gift', 'linen'],
      status: 'published',
      variants: [{ sku: 'KIT-TOWEL-SET2', price: 2200, stock: 40, weightGrams: 210 }],
    },
    {
      name: 'Glass storage jar',
      description:
        'A straight-shouldered jar with an acacia lid and a silicone seal that keeps flour dry and coffee fresh. Stackable by design: the lid has a rim for the foot of the next one. The glass goes into the dishwasher, the lid does not.',
      picture: {
        name: 'glass-storage-jar',
        alt: 'A glass jar with a wooden lid and a label, filled with red beans',
      },
      attributes: { material: ['glass', 'acacia'], airtight: true },
      tags: ['glass'],
      status: 'published',
      variants: [
        {
          sku: 'KIT-JAR-050',
          name: '0.5 litres',
          price: 1100,
          stock: 44,
          weightGrams: 390,
          attributes: { capacity_ml: 500 },
        },
        {
          sku: 'KIT-JAR-100',
          name: '1 litre',
          price: 1400,
          stock: 38,
          weightGrams: 560,
          attributes: { capacity_ml: 1000 },
        },
        {
          sku: 'KIT-JAR-200',
          name: '2 litres',
          price: 1900,
          stock: 21,
          weightGrams: 880,
          attributes: { capacity_ml: 2000 },
        },
      ],
    },
    {
      name: 'Speckled serving bowl',
      description:
        'A wide bowl for salad or for the fruit that lives on the table, with a slate rim over cream speckled clay. Twenty-eight centimetres across and surprisingly light for its size.',
      picture: {
        name: 'serving-bowl',
        alt: 'A wide speckled bowl with a blue rim, full of yellow and red fruit',
      },
      attributes: { material: 'stoneware', diameter_cm: 28, dishwasher_safe: true },
      tags: ['ceramic', 'handmade'],
      status: 'published',
      variants: [{ sku: 'KIT-BOWL-28', price: 3800, stock: 12, weightGrams: 980 }],
    },
    {
      name: 'Cherry wood spoons, set of three',
      description:
        'A deep spoon, a shallow spoon and a slotted turner, cut from cherry and finished with linseed oil. They are kind to non-stick pans and will darken to a warm red-brown. Wash by hand.',
      picture: {
        name: 'cherry-wood-spoons',
        alt: 'Two wooden spoons and a slotted turner tied together with a band',
      },
      attributes: { material: 'cherry', length_cm: 30, pieces: 3 },
      tags: ['gift', 'handmade', 'wood'],
      status: 'published',
      variants: [{ sku: 'KIT-SPOON-SET3', price: 1800, stock: 33, weightGrams: 160 }],
    },
  ],
};
