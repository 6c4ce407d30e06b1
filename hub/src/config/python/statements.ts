import type { SyntaxNode } from '@lezer/common';
import { isPlainName, partsOf, withoutBlanks } from './syntax.ts';

/** What a statement changes: a trait of the configuration, one entry of a trait, or a variable of the file. */
export type Target =
  | { readonly kind: 'trait'; readonly trait: string }
  | { readonly kind: 'entry'; readonly trait: string; readonly key: SyntaxNode }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'other'; readonly words: string };

/** Reads `c.Class.trait`, `c.Class.trait['key']` and `name`. `roots`: what the configuration is called. */
export function targetOf(node: SyntaxNode, text: string, roots: ReadonlySet<string>): Target {
  const source = withoutBlanks(text.slice(node.from, node.to));
  if (node.name === 'VariableName') return { kind: 'variable', name: source };
  const [of, last, ...more] = partsOf(node);
  if (node.name === 'MemberExpression' && of !== undefined && last !== undefined && more.length === 0) {
    const whole = traitIn(source, roots);
    if (whole !== null && last.name === 'PropertyName') return { kind: 'trait', trait: whole };
    const owner = traitIn(withoutBlanks(text.slice(of.from, of.to)), roots);
    if (owner !== null && last.name !== 'PropertyName') return { kind: 'entry', trait: owner, key: last };
  }
  return { kind: 'other', words: isPlainName(source) ? source : 'something' };
}

function traitIn(source: string, roots: ReadonlySet<string>): string | null {
  const [, root = '', trait] = /^([A-Za-z_]\w*)\.([A-Z]\w*\.[A-Za-z_]\w*)$/.exec(source) ?? [];
  return trait !== undefined && roots.has(root) ? trait : null;
}

/** Names of variables that a block may change: what is known of them is not known any more. */
export function changedIn(block: SyntaxNode, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  block.cursor().iterate(({ node, name }) => {
    const [first, second] = [node.firstChild, node.firstChild?.nextSibling];
    if (['AssignStatement', 'UpdateStatement', 'NamedExpression', 'DeleteStatement'].includes(name)) {
      for (let child = first; child !== null && child !== undefined; child = child.nextSibling) {
        if (/Assign|Update/.test(child.name) && name !== 'AssignStatement') break;
        const root = rootOf(child, text);
        if (root !== null) names.add(root);
      }
    }
    if (name === 'ForStatement' || name === 'WithStatement') {
      for (const child of partsOf(node)) {
        if (child.name === 'VariableName') names.add(text.slice(child.from, child.to));
      }
    }
    // users.append(name): a method may change what it is called on.
    if (name === 'CallExpression' && first?.name === 'MemberExpression' && second?.name === 'ArgList') {
      const root = rootOf(first, text);
      if (root !== null) names.add(root);
    }
  });
  return names;
}

function rootOf(node: SyntaxNode, text: string): string | null {
  let at: SyntaxNode | null = node;
  while (at?.name === 'MemberExpression') at = at.firstChild;
  return at?.name === 'VariableName' ? text.slice(at.from, at.to) : null;
}

/** The traits that a block speaks of, for telling what is lost with it. */
export function traitsIn(block: SyntaxNode, text: string, roots: ReadonlySet<string>): readonly string[] {
  const traits = new Set<string>();
  block.cursor().iterate(({ node, name }) => {
    if (name !== 'MemberExpression') return;
    const trait = traitIn(withoutBlanks(text.slice(node.from, node.to)), roots);
    if (trait !== null) traits.add(trait);
  });
  return [...traits];
}

const KINDS: Readonly<Record<string, string>> = {
  IfStatement: 'if',
  ForStatement: 'for',
  WhileStatement: 'while',
  WithStatement: 'with',
  TryStatement: 'try',
  FunctionDefinition: 'def',
  ClassDefinition: 'class',
  DecoratedStatement: 'def',
};

/** The word that a block begins with, or null: it is no block. */
export function blockWord(node: SyntaxNode): string | null {
  return KINDS[node.name] ?? null;
}

/** `from a.b import C as D, E` → D: `a.b.C`, E: `a.b.E`; `import a.b as c` → c: `a.b`; `import a.b` → a: `a`. */
export function importedBy(source: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const [, from, list = ''] = /^from\s+([\w.]+)\s+import\s*\(?([^)]*)/.exec(source) ?? [];
  const [, plain = ''] = /^import\s+(.*)/.exec(source) ?? [];
  for (const each of (from === undefined ? plain : list).split(',')) {
    const [, name, , alias] = /^\s*([\w.]+)(\s+as\s+(\w+))?\s*$/.exec(each) ?? [];
    if (name === undefined) continue;
    if (from !== undefined) names.set(alias ?? name, `${from}.${name}`);
    else
      names.set(
        alias ?? name.split('.')[0] ?? name,
        alias === undefined ? (name.split('.')[0] ?? name) : name,
      );
  }
  return names;
}
