import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { NEEDED_CALLS } from './needed-calls.ts';

const ROOM = join(import.meta.dirname, '..');
const ROOT = join(ROOM, '../../../..');

/** What the client library has that asks the engine nothing: it only makes objects. */
const LOCAL = new Set(['Docker.getContainer', 'Docker.getImage', 'Docker.getVolume', 'Docker.getNetwork']);

/** Every call of the client library in this room, by the types that the compiler finds. */
function callsOfTheRoom(): ReadonlySet<string> {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const files = globSync(join(ROOM, '*.ts')).filter((path) => !path.endsWith('.test.ts'));
  const program = ts.createProgram(files, { ...options, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const declared = checker.getResolvedSignature(node)?.declaration;
      const source = declared?.getSourceFile().fileName ?? '';
      if (declared !== undefined && /@types\/dockerode\//.test(source)) found.add(nameOf(declared));
    }
    ts.forEachChild(node, visit);
  };
  for (const path of files) {
    const file = program.getSourceFile(path);
    if (file !== undefined) visit(file);
  }
  return found;
}

function nameOf(declared: ts.Node): string {
  const { parent } = declared;
  const owner = ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent) ? parent.name?.text : null;
  const name = (declared as ts.MethodDeclaration).name?.getText() ?? '?';
  return `${owner === 'Dockerode' ? 'Docker' : owner}.${name}`;
}

test('the table holds what the hub asks of the engine, and nothing else', () => {
  const asked = [...callsOfTheRoom()].filter((name) => !LOCAL.has(name)).sort();
  expect(asked.length).toBeGreaterThan(15);
  expect(NEEDED_CALLS.map(({ by }) => by).sort()).toEqual(asked);
}, 120_000);
