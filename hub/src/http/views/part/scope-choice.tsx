import type { ScopeGroupProps } from '../account-props.ts';
import type { Messages } from '../messages/en.ts';

interface ScopeChoiceProps {
  readonly t: Messages;
  readonly groups: readonly ScopeGroupProps[];
  /** Whether the token may do less than its owner. */
  readonly narrow: boolean;
}

/** What a token may do: all, or what is ticked. The list opens with the choice; no script is needed. */
export function ScopeChoice({ t, groups, narrow }: ScopeChoiceProps) {
  return (
    <fieldset class="reach">
      <legend>{t.tokens.reach}</legend>
      <label class="check">
        <input type="radio" name="reach" value="all" checked={!narrow} />
        <span>
          {t.tokens.all} <span class="hint">{t.tokens.allHint}</span>
        </span>
      </label>
      <label class="check">
        <input type="radio" name="reach" value="chosen" checked={narrow} data-narrow />
        {t.tokens.chosen}
      </label>
      <div class="scopes">
        {groups.map(({ name, scopes }) => (
          <fieldset key={name}>
            <legend>{t.tokens.groups[name]}</legend>
            {scopes.map((scope) => (
              <label key={scope.value} class="check">
                <input type="checkbox" name="scopes" value={scope.value} checked={scope.checked} />
                <span>
                  {scope.sentence}
                  {scope.limit === null ? null : <span class="quiet"> ({scope.limit})</span>}{' '}
                  <code class="quiet">{scope.value}</code>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </fieldset>
  );
}
