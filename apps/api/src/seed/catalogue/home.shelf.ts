import type { SeedShelf } from './shelf.ts';

export const HOME: SeedShelf = {
  slug: 'home',
  name: 'Home',
  description: 'Textiles, baskets and a few quiet things for rooms that are lived in.',
  parent: null,
  products: [
    {
      name: 'Checked wool throw',
      description:
        'A throw of undyed and dyed lambswool, woven in a window check and finished with a short twisted fringe. Warm enough for a chilly evening, light enough to leave on the sofa all year. Wool pills a little in the first weeks; a soft brush takes it off. Wash by hand, cool, and dry flat.',
      picture: {
        name: 'wool-throw-blanket',
        alt: 'A rust-coloured wool throw with a pale check, a fringe and one corner folded over',
      },
      attributes: { material: 'lambswool', width_cm: 130, length_cm: 180, care: 'hand wash' },
      tags: ['bestseller', 'gift', 'wool'],
      status: 'published',
      variants: [
        {
          sku: 'HOM-THROW-RUST',
          name: 'Rust',
          price: 8900,
          compareAtPrice: 10900,
          stock: 14,
          weightGrams: 1050,
          attributes: { colour: 'rust' },
        },
        {
          sku: 'HOM-THROW-MOSS',
          name: 'Moss',
          price: 10900,
          stock: 9,
          weightGrams: 1050,
          attributes: { colour: 'moss' },
        },
        {
          sku: 'HOM-THROW-FOG',
          name: 'Fog',
          price: 10900,
          stock: 11,
          weightGrams: 1050,
          attributes: { colour: 'fog' },
        },
      ],
    },
    {
      name: 'Seagrass basket with handles',
      description:
        'Coiled by hand from seagrass over a stiff core, with a painted band and two handles that take the weight of a full load. The small one holds post and keys, the medium one magazines, the large one firewood or a blanket. Each varies by a centimetre or two.',
      picture: {
        name: 'seagrass-basket',
        alt: 'A round woven basket with two handles and a green band',
      },
      attributes: { material: 'seagrass', handmade: true },
      tags: ['handmade'],
      status: 'published',
      variants: [
        {
          sku: 'HOM-BASKET-S',
          name: 'Small',
          price: 2400,
          stock: 25,
          weightGrams: 420,
          attributes: { size: 'small', diameter_cm: 22 },
        },
        {
          sku: 'HOM-BASKET-M',
          name: 'Medium',
          price: 3400,
          stock: 18,
          weightGrams: 780,
          attributes: { size: 'medium', diameter_cm: 32 },
        },
        {
          sku: 'HOM-BASKET-L',
          name: 'Large',
          price: 4800,
          stock: 7,
          weightGrams: 1350,
          attributes: { size: 'large', diameter_cm: 42 },
        },
      ],
    },
    {
      name: 'Ash wall clock',
      description:
        'A plain dial behind a turned ash rim, with a movement that sweeps and does not tick. It runs for about a year on one AA cell, which is not included. Hangs from a single screw.',
      picture: {
        name: 'ash-wall-clock',
        alt: 'A round wall clock with a pale wooden rim and a cream dial, just after ten o’clock',
      },
      attributes: { material: 'ash', diameter_cm: 30, battery: '1 x AA', silent: true },
      tags: ['wood'],
      status: 'published',
      variants: [{ sku: 'HOM-CLOCK-ASH', price: 5400, stock: 16, weightGrams: 890 }],
    },
    {
      name: 'Striped linen cushion cover',
      description:
        'Heavy washed linen with woven stripes, closed by an envelope back instead of a zip. It comes without the pad. Machine wash at 40 degrees; linen gets softer with every wash and needs no iron.',
      picture: {
        name: 'linen-cushion-cover',
        alt: 'A slate-blue cushion with pale stripes',
      },
      attributes: { material: 'linen', closure: 'envelope', care: 'machine wash 40' },
      tags: ['linen'],
      status: 'published',
      variants: [
        {
          sku: 'HOM-CUSHION-SLATE-45',
          name: 'Slate, 45 x 45 cm',
          price: 2900,
          stock: 22,
          weightGrams: 240,
          attributes: { colour: 'slate', size: '45 x 45 cm' },
        },
        {
          sku: 'HOM-CUSHION-SLATE-60',
          name: 'Slate, 60 x 40 cm',
          price: 3300,
          stock: 12,
          weightGrams: 270,
          attributes: { colour: 'slate', size: '60 x 40 cm' },
        },
        {
          sku: 'HOM-CUSHION-RUST-45',
          name: 'Rust, 45 x 45 cm',
          price: 2900,
          stock: 19,
          weightGrams: 240,
          attributes: { colour: 'rust', size: '45 x 45 cm' },
        },
        {
          sku: 'HOM-CUSHION-RUST-60',
          name: 'Rust, 60 x 40 cm',
          price: 3300,
          stock: 0,
          weightGrams: 270,
          attributes: { colour: 'rust', size: '60 x 40 cm' },
        },
      ],
    },
    {
      name: 'Bud vase',
      description:
        'A narrow-necked stoneware vase for one stem, or a twig from the hedge. The glaze is matt outside and watertight inside. Stands 19 cm high.',
      picture: {
        name: 'bud-vase',
        alt: 'A blush-pink bud vase with a narrow neck and a leafy twig',
      },
      attributes: { material: 'stoneware', height_cm: 19, colour: 'blush' },
      tags: ['ceramic', 'gift'],
      status: 'published',
      variants: [{ sku: 'HOM-VASE-BUD', price: 1900, stock: 30, weightGrams: 460 }],
    },
  ],
};
