type Parameter = {
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly example?: string | number; readonly description?: string };
};

/**
 * Has examples of filters stand among their words: the page where requests are tried fills
 * every other example in, and sends filters that nobody has chosen.
 */
export function withSpokenExamples(document: object): object {
  return JSON.parse(JSON.stringify(document), (name, value: unknown) =>
    name === 'parameters' && Array.isArray(value) ? (value as Parameter[]).map(spoken) : value,
  ) as object;
}

function spoken(parameter: Parameter): Parameter {
  const { example, ...schema } = parameter.schema ?? {};
  if (parameter.in !== 'query' || parameter.required === true || example === undefined)
    return parameter;
  const words = (schema.description ?? '').replace(/[^.]$/, '$&.');
  const description = `${words} For example \`${example}\`.`.trim();
  return { ...parameter, schema: { ...schema, description } };
}
