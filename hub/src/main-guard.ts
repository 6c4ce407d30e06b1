import { makeCanGuard } from './adapters/proxy/can-guard.ts';
import type { ControlDoor } from './adapters/proxy/control-door.ts';
import { makeVisitSigner } from './adapters/system/visit-signer.ts';
import type { Settings } from './config/settings.ts';
import type { Clock, Facts } from './domain/ports.ts';
import type { GuardPorts } from './usecases/spawn-ports.ts';
import { VisitBook } from './usecases/visit-book.ts';
import { makeVisits, type VisitPorts, type Visits } from './usecases/visits.ts';

/** What web applications are guarded with. `secret`: the hub's own, from which all keys are made. */
export function composeGuard(secret: string, door: ControlDoor, clock: Clock): GuardPorts {
  return {
    signer: makeVisitSigner(Buffer.from(secret)),
    book: new VisitBook(clock),
    canGuard: makeCanGuard(door),
  };
}

/** Visits, looked after whenever something happened that may end one. */
export function composeVisits(
  ports: Omit<VisitPorts, 'life'> & { readonly facts: Facts },
  { visitLife }: Pick<Settings, 'visitLife'>,
): Visits {
  const visits = makeVisits({ ...ports, life: visitLife * 1000 });
  ports.facts.listen(({ kind }) => {
    if (kind !== 'signed-out' && kind !== 'userlist-changed' && kind !== 'acted') return;
    // What told the fact may not have written everything yet; the next look is soon.
    setImmediate(() => void visits.lookAfter());
  });
  return visits;
}
