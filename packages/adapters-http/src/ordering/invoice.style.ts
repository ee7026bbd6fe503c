/** Of the invoice: on paper as on a screen. */
export const INVOICE_STYLE = [
  '@page{size:A4;margin:18mm 16mm}',
  'body{font:10pt/1.45 system-ui,sans-serif;color:#1c2530;background:#fff;max-width:178mm;margin:0 auto;padding:8mm 0}',
  '@media print{body{padding:0}thead{display:table-header-group}tr,address,.totals{break-inside:avoid}}',
  'h1{font-size:18pt;margin:0 0 2mm}h2{font-size:10pt;margin:0 0 1mm}',
  '.addresses{display:flex;gap:20mm;margin:6mm 0}address{font-style:normal}',
  '.cancelled{border:.5mm solid #a3201d;color:#a3201d;padding:2mm 4mm}',
  'table{width:100%;border-collapse:collapse;margin:5mm 0 2mm}caption{text-align:left;font-weight:bold;padding:0 0 1mm}',
  'th,td{text-align:right;padding:1mm 1.5mm;border-bottom:.2mm solid #d8dbe0;vertical-align:top;overflow-wrap:anywhere}',
  'th:first-child,td:first-child{text-align:left}',
  '.totals{width:60%;margin-left:auto}.totals th{font-weight:normal}.totals .total *{font-weight:bold}',
].join('');
