import { bytes, number } from '../amounts.ts';
import type { Messages } from '../messages/en.ts';
import type { ServerCardProps } from '../server-props.ts';
import type { AmountProps } from '../usage-props.ts';
import { Meter } from './meter.tsx';

interface CardUsageProps {
  readonly t: Messages;
  readonly server: Pick<ServerCardProps, 'label' | 'usage' | 'usagePage'>;
}

/** CPU, memory and files of a server as pairs of a word and a value; what is not known is left out. Renewed whole. */
export function CardUsage({ t, server }: CardUsageProps) {
  const { cores, memory, disk } = server.usage;
  return (
    <div id={usageId(server.usagePage)} class="usage">
      <dl class="facts">
        {cores === null ? null : (
          <div>
            <dt>{t.usage.cpu}</dt>
            <dd>
              {coresText(t, cores)} <Meter {...cores} name={t.usage.cpu} />
            </dd>
          </div>
        )}
        {memory === null ? null : (
          <div>
            <dt>{t.usage.memory}</dt>
            <dd>
              {bytesText(t, memory)} <Meter {...memory} name={t.usage.memory} />
            </dd>
          </div>
        )}
        {disk === null ? null : (
          <div>
            <dt>{t.usage.disk}</dt>
            <dd>
              {bytesText(t, disk)} <Meter {...disk} name={t.usage.disk} />
            </dd>
          </div>
        )}
      </dl>
      {memory === null ? null : (
        <a href={server.usagePage} aria-label={t.usage.linkNamed(server.label)}>
          {t.usage.link}
        </a>
      )}
    </div>
  );
}

/** Of the element that a page renews. */
export function usageId(usagePage: string): string {
  return `usage-${usagePage.replace(/[^A-Za-z0-9]/g, '_')}`;
}

/** `0.42 of 2 cores`. */
function coresText(t: Messages, { used, limit }: AmountProps): string {
  return limit === null
    ? t.usage.coresOnly(number(t, used))
    : t.usage.coresOf(number(t, used), number(t, limit));
}

/** `1.2 GiB of 4 GiB`. */
function bytesText(t: Messages, { used, limit }: AmountProps): string {
  return limit === null ? bytes(t, used) : t.usage.of(bytes(t, used), bytes(t, limit));
}
