import type { Shell } from '../props.ts';
import type { ServerCardProps } from '../server-props.ts';
import { lacks } from './lacks.tsx';
import { usageId } from './usage-facts.tsx';

const MAX_PORT = 65_535;

/** Leads to a program on a port of this server. A form that asks by GET: it needs no script. */
export function OpenPort({ shell, server }: { shell: Shell; server: ServerCardProps }) {
  const { t } = shell;
  const id = `port-${usageId(server.usagePage)}`;
  return (
    <details class="open-port">
      <summary aria-label={t.ports.openNamed(server.label)}>{t.ports.open}</summary>
      <form method="get" action={server.links.port}>
        <label for={id}>{t.ports.port}</label>
        <input
          id={id}
          name="port"
          type="number"
          inputmode="numeric"
          min="1"
          max={MAX_PORT}
          required
          placeholder="5000"
          aria-describedby={`${id}-hint`}
        />
        <button type="submit" class="button">
          {t.ports.go}
        </button>
        <p class="hint" id={`${id}-hint`}>
          {lacks(shell, 'ports') ? t.machines.lacks.ports : t.ports.hint}
        </p>
      </form>
    </details>
  );
}
