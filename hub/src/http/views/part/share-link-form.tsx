import type { ShareProps, ShareTerm } from '../share-props.ts';
import { SelectField } from './select-field.tsx';
import { Xsrf } from './xsrf.tsx';

const LINK_TERMS = ['3600', '86400', '604800', '2592000'] as const satisfies readonly ShareTerm[];

/** A link with which others let themselves in: how long it works, and how long they may stay. */
export function ShareLinkForm({ shell, actions }: ShareProps) {
  const words = shell.t.share;
  const options = (terms: readonly ShareTerm[]) =>
    terms.map((term) => ({ value: term, label: words.terms[term] }));
  return (
    <form class="card stack" method="post" action={actions.link}>
      <h2>{words.linkTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <p>{words.linkLead}</p>
      <SelectField id="link-ends" label={words.linkEnds} options={options(LINK_TERMS)} value="86400" />
      <SelectField
        id="access-ends"
        label={words.accessEnds}
        options={options([...LINK_TERMS, 'never'])}
        value="604800"
      />
      <div>
        <button class="button" type="submit">
          {words.makeLink}
        </button>
      </div>
    </form>
  );
}
