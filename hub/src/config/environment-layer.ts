import { LayerBuilder } from './layer-builder.ts';
import type { Setting } from './setting.ts';
import type { SettingNames } from './setting-names.ts';
import type { Layer } from './source.ts';

/** What `.env` and the environment say. What is left empty is not said: Compose hands it on as an empty word. */
export function environmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  table: Readonly<Record<string, Setting<unknown>>>,
  names: SettingNames,
  placeOf: (name: string) => string | null = () => null,
): Layer {
  const builder = new LayerBuilder(names);
  for (const [setting, { env }] of Object.entries(table)) {
    const value = environment[env];
    if (value === undefined || value.trim() === '') continue;
    builder.add(setting, { value, name: env, place: placeOf(env) });
  }
  return builder.build();
}
