import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { composeMail } from './mail-content.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'Ada\r\nBcc: everybody@example.com',
    '&lt;b&gt;',
    '\u202egnp.exe',
    "' onmouseover='alert(1)",
    '\u2028\u0085\u0000',
  ),
);
const plain = composeMail({
  subject: 'S',
  paragraphs: ['Hello N,', { label: 'Open', url: 'https://shop.example/x' }],
});

describe('what is merged into a mail', () => {
  it('adds no markup, wherever it stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { html } = composeMail({
          subject: text,
          paragraphs: [`Hello ${text},`, { label: text, url: `https://shop.example/${text}` }],
        });
        expect(html.match(/[<>"]/g)).toEqual(plain.html.match(/[<>"]/g));
        expect(html).not.toContain("'");
        expect(html.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });

  it('starts no line of its own, and turns no text around', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const mail = composeMail({ subject: text, paragraphs: [`Hello ${text},`, 'Bye.'] });
        expect(mail.subject).not.toMatch(/\p{Cc}/u);
        expect(mail.text.split('\n')).toHaveLength(4);
        expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(
          /[\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});

it('a mail says the same as text and as HTML', () => {
  expect(
    composeMail({
      subject: 'Tom & Jerry’s',
      paragraphs: ['1 < 2', { label: 'Go', url: 'https://shop.example/?a=1&b=2' }],
    }),
  ).toEqual({
    subject: 'Tom & Jerry’s',
    text: '1 < 2\n\nGo:\nhttps://shop.example/?a=1&b=2\n',
    html: [
      '<!doctype html>',
      '<html><head><meta charset="utf-8"><title>Tom &amp; Jerry’s</title></head>',
      '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">',
      '<p>1 &lt; 2</p>',
      '<p><a href="https://shop.example/?a=1&amp;b=2">Go</a></p>',
      '</body></html>',
      '',
    ].join('\n'),
  });
});
