import type { Messages } from '../messages/en.ts';
import type { ProfileCardProps, ProfileOptionProps } from '../spawn-props.ts';

/** One kind of server, chosen by a click anywhere on it. Its options show when it is chosen; no script is needed. */
export function ProfileCard({ t, profile }: { t: Messages; profile: ProfileCardProps }) {
  const id = `profile-${profile.slug}`;
  const hint = profile.description === '' ? undefined : `${id}-hint`;
  return (
    <div class="profile">
      <input
        type="radio"
        name="profile"
        id={id}
        value={profile.slug}
        checked={profile.checked}
        required
        aria-describedby={hint}
      />
      <label for={id}>
        {profile.name}
        {profile.here === null ? null : (
          <span class="quiet profile-here"> {profile.here ? t.images.here : t.images.notHere}</span>
        )}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={hint}>
          {profile.description}
        </p>
      )}
      {profile.options.length === 0 ? null : (
        <div class="profile-options">
          {profile.options.map((option) => (
            <Option key={option.field} option={option} of={profile.name} />
          ))}
        </div>
      )}
    </div>
  );
}

function Option({ option, of }: { option: ProfileOptionProps; of: string }) {
  const { field, unlisted } = option;
  return (
    <div class="profile-option">
      {option.choices.length === 0 ? null : (
        <div class="field">
          <label for={field}>
            {option.name}
            <span class="visually-hidden"> ({of})</span>
          </label>
          <select id={field} name={field}>
            {option.choices.map((choice) => (
              <option key={choice.key} value={choice.key} selected={choice.selected}>
                {choice.name}
              </option>
            ))}
            {unlisted === null ? null : (
              <option value={unlisted.value} selected={unlisted.selected}>
                {unlisted.choiceName}
              </option>
            )}
          </select>
        </div>
      )}
      {unlisted === null ? null : <OwnText unlisted={unlisted} of={of} />}
    </div>
  );
}

function OwnText({ unlisted, of }: { unlisted: NonNullable<ProfileOptionProps['unlisted']>; of: string }) {
  return (
    <div class="field profile-text">
      <label for={unlisted.field}>
        {unlisted.name}
        <span class="visually-hidden"> ({of})</span>
      </label>
      <input
        id={unlisted.field}
        name={unlisted.field}
        value={unlisted.text}
        pattern={unlisted.pattern ?? undefined}
        title={unlisted.message}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        maxLength={1000}
      />
    </div>
  );
}
