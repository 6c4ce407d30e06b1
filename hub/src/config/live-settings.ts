import type { Loaded } from './load-configuration.ts';
import type { Setting } from './setting.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { type Fault, tellFault } from './source.ts';

const TABLE: Readonly<Record<string, Setting<unknown>>> = SETTINGS;

/** What a change of the configuration's files came to. */
export type Renewal =
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | {
      readonly kind: 'taken';
      /** Names in `.env` of what is in force now, and of what waits for a new start. */
      readonly changed: readonly string[];
      readonly waiting: readonly string[];
    };

/** The settings in force: those that may change while the hub runs follow the files, the others stay as at the start. */
export class LiveSettings {
  #current: Settings;

  constructor(first: Settings) {
    this.#current = first;
  }

  get current(): Settings {
    return this.#current;
  }

  /** Takes what was read anew. With a fault in it nothing of it is taken. */
  renew(loaded: Loaded): Renewal {
    if ('faults' in loaded)
      return { kind: 'refused', reasons: loaded.faults.map((fault: Fault) => tellFault(fault)) };
    const differing = Object.keys(TABLE).filter((name) => !same(this.#current, loaded.settings, name));
    const [changed, waiting] = [true, false].map((now) =>
      differing.filter((name) => (TABLE[name]?.reload === true) === now),
    );
    const fresh = Object.fromEntries(
      (changed ?? []).map((name) => [name, Reflect.get(loaded.settings, name)]),
    );
    this.#current = { ...this.#current, ...fresh };
    return { kind: 'taken', changed: envOf(changed), waiting: envOf(waiting) };
  }
}

/** Functions among the values (profiles read text with them) are made anew each time and say nothing. */
function same(one: Settings, other: Settings, name: string): boolean {
  return textOf(Reflect.get(one, name)) === textOf(Reflect.get(other, name));
}

function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, each) => (each instanceof Map || each instanceof Set ? [...each] : each)) ?? ''
  );
}

function envOf(names: readonly string[] = []): readonly string[] {
  return names.map((name) => TABLE[name]?.env ?? name);
}

/** An object whose every property is read at the moment it is asked for: for parts that were given their settings once. */
export function alwaysNow<T extends object>(read: () => T): T {
  const now = {};
  for (const key of Object.keys(read())) {
    Object.defineProperty(now, key, { enumerable: true, get: () => Reflect.get(read(), key) });
  }
  return now as T;
}
