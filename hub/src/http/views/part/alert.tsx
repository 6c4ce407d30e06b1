import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface AlertProps {
  readonly tone: 'bad' | 'warn' | 'good';
  readonly title?: string;
  readonly children?: ComponentChildren;
}

/** Something that must be seen first. Errors are told to screen readers at once, good news politely. */
export function Alert({ tone, title, children }: AlertProps) {
  return (
    <div class={`alert alert-${tone}`} role={tone === 'good' ? 'status' : 'alert'}>
      <Icon name={tone === 'good' ? 'check' : 'alert'} />
      <div>
        {title === undefined ? null : <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
