/**
 * A `console` block shows what is typed, behind `$ `, and what is answered. In an answer `…` stands for whatever came, on
 * a line of its own for any number of lines. Blanks count as one: tables are as wide as what is in them.
 */
export function commandsOf(text: string): string {
  const commands = text.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
  if (commands.length === 0) throw new Error('a console block without a command');
  return `${commands.join('\n')}\n`;
}

/** @throws Error with the page's line, what it shows and what came, when an answer differs from the page's. */
export function expectSaid(text: string, output: string, line: number): void {
  const shown = text.split('\n').filter((each) => !each.startsWith('$ ') && each.trim() !== '');
  const pattern = shown.map(patternOf).join('');
  const said = output
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((each) => `${oneBlank(each)}\n`)
    .join('');
  if (!new RegExp(`^${pattern}$`).test(said)) {
    throw new Error(`line ${line} shows\n${shown.join('\n')}\nand what came is\n${said.slice(-4000)}`);
  }
}

function patternOf(line: string): string {
  if (line.trim() === '…') return '(?:.*\\n)*?';
  const literal = oneBlank(line).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `${literal.replaceAll('…', '.*')}\\n`;
}

function oneBlank(line: string): string {
  return line.trim().replaceAll(/\s+/g, ' ');
}
