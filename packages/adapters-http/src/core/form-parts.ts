/** One part of a form (RFC 7578): its name, what it holds, and whether it is a file. */
export type FormPart = {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Uint8Array<ArrayBuffer>;
};

const LINE_END = '\r\n';
const LONGEST_HEAD = 8_192;
const DISPOSITION =
  /^content-disposition:[ \t]*form-data(?<parameters>(?:[ \t]*;[ \t]*[\w*!#$%&'+.^`|~-]+=(?:"(?:[^"\\]|\\.)*"|[^\s;"]*))*)$/i;
const PARAMETER = /;[ \t]*([\w*!#$%&'+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;

/**
 * Takes a form apart that is there in whole. Null where it is none: it begins with a delimiter, every part has a
 * name, and it ends as it says. Nothing is copied, and nothing of it is looked at twice.
 */
export function formParts(
  bytes: Uint8Array<ArrayBuffer>,
  boundary: string,
): readonly FormPart[] | null {
  const form = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const delimiter = `--${boundary}`;
  if (!startsWith(form, 0, delimiter)) return null;
  const parts: FormPart[] = [];
  for (let at = delimiter.length; ;) {
    if (startsWith(form, at, '--')) return parts;
    if (!startsWith(form, at, LINE_END)) return null;
    const begin = at + LINE_END.length;
    const end = form.indexOf(LINE_END + delimiter, begin);
    if (end === -1) return null;
    const part = partOf(form.subarray(begin, end));
    if (part === null) return null;
    parts.push(part);
    at = end + LINE_END.length + delimiter.length;
  }
}

function partOf(part: Buffer<ArrayBuffer>): FormPart | null {
  const blank = LINE_END + LINE_END;
  const headEnd = part.subarray(0, LONGEST_HEAD).indexOf(blank);
  if (headEnd === -1) return null;
  const lines = part.toString('utf8', 0, headEnd).split(LINE_END);
  const parameters = parametersOf(lines);
  const name = parameters?.get('name');
  if (parameters === null || name === undefined) return null;
  return {
    name,
    isFile: parameters.has('filename') || parameters.has('filename*'),
    content: part.subarray(headEnd + blank.length),
  };
}

/** Of the one header that counts; what a client says of the content's type or encoding is not believed anyway. */
function parametersOf(lines: readonly string[]): ReadonlyMap<string, string> | null {
  const found = lines.filter((line) => /^content-disposition:/i.test(line));
  const matched = found.length === 1 ? DISPOSITION.exec((found[0] ?? '').trimEnd()) : null;
  if (matched === null) return null;
  const parameters = new Map<string, string>();
  for (const [, key = '', quoted, plain = ''] of (matched.groups?.['parameters'] ?? '').matchAll(
    PARAMETER,
  )) {
    parameters.set(key.toLowerCase(), quoted === undefined ? plain : unquoted(quoted));
  }
  return parameters;
}

/** Browsers write `%22`, older clients `\"`. */
function unquoted(text: string): string {
  return text
    .replaceAll('\\"', '"')
    .replaceAll(/%(22|0D|0A)/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}

function startsWith(form: Buffer, at: number, text: string): boolean {
  return form.toString('latin1', at, at + text.length) === text;
}
