import type { ErrorText } from '../props.ts';
import { Alert } from './alert.tsx';

interface PageHeadProps {
  readonly title: string;
  readonly lead?: string | undefined;
  /** What was done just now. */
  readonly notice?: string | null;
  /** What was not done, and why; told to screen readers at once. */
  readonly error?: string | ErrorText | null | undefined;
}

/** Heading, one sentence, and what came of the last press of a button. */
export function PageHead({ title, lead, notice = null, error = null }: PageHeadProps) {
  const fault = typeof error === 'string' ? { user: error } : error;
  return (
    <>
      <div class="page-head">
        <h1>{title}</h1>
        {lead === undefined ? null : <p class="lead">{lead}</p>}
      </div>
      {notice === null ? null : (
        <Alert tone="good">
          <p>{notice}</p>
        </Alert>
      )}
      {fault === null ? null : (
        <Alert tone="bad" {...('title' in fault ? { title: fault.title } : {})}>
          <p>{fault.user}</p>
        </Alert>
      )}
    </>
  );
}
