import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What one file exports and imports, by name. Imported `*`: the whole module, and then everything of it is used. */
interface Names {
  readonly exported: readonly { readonly name: string; readonly type: boolean }[];
  readonly imported: readonly { readonly from: string; readonly name: string }[];
  /** Every identifier of the file, and how often it stands there. */
  readonly words: ReadonlyMap<string, number>;
}

/**
 * Exports that no other file imports, as `path: name`. A type may be exported for the sake of an exported function
 * that speaks of it; one that not even its own file speaks of is as lonely as a value.
 *
 * @param sources every file by its path, which is as the others' relative imports lead to it.
 * @param judged whether a file's exports count; imports count everywhere.
 */
export function lonelyExports(
  sources: ReadonlyMap<string, string>,
  judged: (path: string) => boolean,
): readonly string[] {
  const files = new Map([...sources].map(([path, text]) => [path, namesOf(path, text)]));
  const wanted = new Set<string>();
  for (const { imported } of files.values()) {
    for (const { from, name } of imported) wanted.add(`${from}: ${name}`);
  }
  return [...files]
    .filter(([path]) => judged(path))
    .flatMap(([path, { exported, words }]) =>
      exported
        .filter(({ name, type }) => !(type && (words.get(name) ?? 0) > 1))
        .filter(({ name }) => !wanted.has(`${path}: ${name}`) && !wanted.has(`${path}: *`))
        .map(({ name }) => `${path}: ${name}`),
    );
}

function namesOf(path: string, text: string): Names {
  const exported: { name: string; type: boolean }[] = [];
  const imported: { from: string; name: string }[] = [];
  const words = new Map<string, number>();
  const take = (specifier: string, names: readonly string[]) => {
    if (!specifier.startsWith('.')) return;
    for (const name of names) imported.push({ from: join(dirname(path), specifier), name });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) words.set(node.text, (words.get(node.text) ?? 0) + 1);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const { moduleSpecifier: from } = node;
      if (from !== undefined && ts.isStringLiteral(from)) take(from.text, broughtBy(node));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments;
      if (from !== undefined && ts.isStringLiteral(from)) take(from.text, ['*']);
    } else if (ts.isImportTypeNode(node)) {
      const { argument: from } = node;
      if (ts.isLiteralTypeNode(from) && ts.isStringLiteral(from.literal)) take(from.literal.text, ['*']);
    } else if (ts.canHaveModifiers(node) && isExported(node)) {
      exported.push(...declaredBy(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return { exported, imported, words };
}

/** The names that an import or an export from elsewhere takes there. */
function broughtBy(node: ts.ImportDeclaration | ts.ExportDeclaration): readonly string[] {
  const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
  if (named === undefined || !(ts.isNamedImports(named) || ts.isNamedExports(named))) return ['*'];
  return named.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
}

function isExported(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function declaredBy(node: ts.Node): Names['exported'] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations
      .map(({ name }) => name)
      .filter(ts.isIdentifier)
      .map(({ text }) => ({ name: text, type: false }));
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    return [{ name: node.name.text, type: true }];
  }
  if (!(ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))) return [];
  return node.name === undefined ? [] : [{ name: node.name.text, type: false }];
}
