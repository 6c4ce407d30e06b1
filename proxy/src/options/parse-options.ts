import { parseArgs } from 'node:util';
import { Refusal } from '../refusal.ts';
import { OPTIONS, type OptionDescription, type OptionName } from './options.ts';

/** What stood on the command line. */
export interface GivenOptions {
  text(name: OptionName): string | undefined;
  list(name: OptionName): readonly string[];
  flag(name: OptionName): boolean;
  /** A whole number that is not negative. Throws Refusal otherwise. */
  number(name: OptionName): number | undefined;
}

const DESCRIPTIONS: Readonly<Record<string, OptionDescription>> = OPTIONS;

/** Reads the command line (without node and script). Throws Refusal with one sentence for what cannot be taken. */
export function parseOptions(argv: readonly string[]): GivenOptions {
  const values = readArgv(argv);
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    if (values[name] !== undefined && description.refused !== undefined)
      throw new Refusal(400, `--${name} is not supported. ${description.refused}`);
  }
  const text = (name: OptionName): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text,
    list: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    },
    flag: (name) => values[name] === true,
    number: (name) => {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,10}$/.test(value))
        throw new Refusal(400, `--${name} needs a whole number, not "${value}".`);
      return Number(value);
    },
  };
}

function readArgv(argv: readonly string[]): Readonly<Record<string, unknown>> {
  const options = Object.fromEntries(
    Object.entries(DESCRIPTIONS).map(([name, { type, repeats }]) => [
      name,
      { type: type === 'flag' ? ('boolean' as const) : ('string' as const), multiple: repeats === true },
    ]),
  );
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Refusal(400, error instanceof Error ? error.message : String(error));
  }
}

/** The list of options as `--help` shows it. */
export function helpText(): string {
  const lines = Object.entries(DESCRIPTIONS).map(([name, { type, default: byDefault, doc, refused }]) => {
    const shape = `  --${name}${type === 'flag' ? '' : type === 'number' ? ' <n>' : ' <text>'}`;
    const preset = byDefault === undefined || byDefault === '' ? '' : ` [${byDefault}]`;
    return `${shape.padEnd(36)}${refused === undefined ? doc + preset : `not supported: ${refused}`}`;
  });
  return `berth-proxy: the reverse proxy of the hub, with configurable-http-proxy's options and control API\n\n${lines.join('\n')}\n`;
}
