import type { AmountProps } from '../usage-props.ts';

/** How full something is. Nothing where there is no limit to be near to. Says in a colour when little is left. */
export function Meter({ used, limit, name }: AmountProps & { name: string }) {
  if (limit === null || limit <= 0) return null;
  return <meter class="meter" aria-label={name} min={0} max={limit} high={limit * 0.9} value={used} />;
}
