import { ALL_PERMISSIONS, holdersOf, type Permission } from '@kastoma/domain/identity';

const HOLDERS = ['guest', 'customer', 'staff', 'admin', 'service'] as const;
const BEGIN = '<!-- routes by role: made by `npm run openapi` -->';
const END = '<!-- end of routes by role -->';

export type DescribedApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
type Operation = { readonly 'x-permission': Permission; readonly 'x-also-for'?: Permission };

/** The page with the table of routes and roles as the routes declare them now. */
export function withRouteMatrix(page: string, api: DescribedApi): string {
  const [before, rest] = [page.split(BEGIN)[0] ?? '', page.split(END)[1] ?? ''];
  return `${before}${BEGIN}\n\n${rightsTable()}\n\n${routesTable(api)}\n\n${END}${rest}`;
}

function rightsTable(): string {
  return table(
    ['Right', ...HOLDERS],
    ALL_PERMISSIONS.map((permission) => [`\`${permission}\``, ...marks(permission)]),
  );
}

function routesTable({ paths }: DescribedApi): string {
  const rows = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const rights = [operation['x-permission'], operation['x-also-for'] ?? []].flat();
      return [
        `\`${method.toUpperCase()} ${path.replace('/api/v1', '')}\``,
        rights.map((right) => `\`${right}\``).join(', '),
        ...marks(...rights),
      ];
    }),
  );
  return table(['Route', 'Right', ...HOLDERS], rows);
}

function marks(...rights: readonly Permission[]): readonly string[] {
  const holders: readonly string[] = rights.flatMap(holdersOf);
  return HOLDERS.map((holder) => (holders.includes(holder) ? 'yes' : ''));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
