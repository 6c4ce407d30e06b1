const PATHS = {
  running: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Zm-1.6 3.6 4 2.2-4 2.2V5.8Z',
  asleep: 'M9.5 2.2a6 6 0 1 0 4.4 8.3A5 5 0 0 1 9.5 2.2Z',
  stopped: 'M3.5 3.5h9v9h-9z',
  waiting: 'M8 2a6 6 0 1 0 6 6h-1.8A4.2 4.2 0 1 1 8 3.8V2Z',
  download: 'M7.1 2h1.8v6l2.1-2.1 1.3 1.3L8 11.5 3.7 7.2 5 5.9 7.1 8V2ZM3 12.3h10V14H3z',
  alert: 'M8 1.6 15 14H1L8 1.6Zm-.9 4.6.2 4h1.4l.2-4H7.1ZM8 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z',
  check: 'm6.4 10.2-2.6-2.6-1.3 1.3 3.9 3.9 7.1-7.1-1.3-1.3-5.8 5.8Z',
  dot: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z',
  arrow: 'M8.6 2.9 13.7 8l-5.1 5.1-1.3-1.3 2.9-2.9H2.3V7.1h7.9L7.3 4.2l1.3-1.3Z',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm-.9 5.6h1.8v4.6H7.1V7.1Zm.9-3a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2Z',
  up: 'M8 4.5 12.5 10h-9L8 4.5Z',
  down: 'M8 11.5 3.5 6h9L8 11.5Z',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside a word, never instead of one. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
