import type { Shell } from '../props.ts';
import type { SharedServerProps } from '../share-props.ts';
import { Confirm } from './confirm.tsx';
import { Until } from './until.tsx';

/** Servers of others that this person may open. */
export function SharedWithMe({ shell, shared }: { shell: Shell; shared: readonly SharedServerProps[] }) {
  const words = shell.t.share;
  if (shared.length === 0) return null;
  return (
    <section class="card stack below" aria-labelledby="shared-with-me">
      <h2 id="shared-with-me">{words.withMe}</h2>
      <ul class="rows plain">
        {shared.map((one) => (
          <Row key={one.open} shell={shell} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ shell, one }: { shell: Shell; one: SharedServerProps }) {
  const words = shell.t.share;
  return (
    <li class="row">
      <div>
        <strong>
          <bdi>{one.label}</bdi>
        </strong>
        <div class="hint">
          {one.running ? words.running : `${words.stopped}. ${words.askOwner(one.owner)}`}
          {one.until === null ? null : (
            <>
              {', '}
              <Until shell={shell} at={one.until} />
            </>
          )}
        </div>
      </div>
      <div class="buttons">
        {one.running ? (
          <a class="button small primary" href={one.open} aria-label={words.openNamed(one.label)}>
            {words.open}
          </a>
        ) : null}
        {one.leave === null ? null : (
          <Confirm
            shell={shell}
            word={words.leave}
            name={words.leaveNamed(one.label)}
            question={words.leaveTitle}
            loses={words.leaveLoses}
            yes={words.leaveConfirm}
            action={one.leave}
            look="button small"
          />
        )}
      </div>
    </li>
  );
}
