import { Engine } from './adapters/docker/engine.ts';
import { makeLookAround } from './adapters/docker/look-around.ts';
import { systemClock } from './adapters/system/clock.ts';
import { sha256 } from './adapters/system/random.ts';
import type { Settings } from './config/settings.ts';
import type { ComposedHub } from './main-hub.ts';
import { type ImportHub, makeImportHub } from './usecases/import-hub.ts';

/** What it takes to import a former hub's people. */
export function composeImport({ store, admission }: ComposedHub, settings: Settings): ImportHub {
  return makeImportHub({
    store,
    admission,
    clock: systemClock,
    digest: sha256,
    lookAround: makeLookAround(new Engine(settings.dockerSocket), settings.instance),
    volumeTemplate: settings.volumeTemplate,
  });
}
