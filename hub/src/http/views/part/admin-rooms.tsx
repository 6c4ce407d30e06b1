import type { Shell } from '../props.ts';

/** The ways between an administrator's pages. */
export function AdminRooms({ shell, here }: { shell: Shell; here: 'people' | 'departed' | 'audit' }) {
  const { t, baseUrl } = shell;
  const rooms = [
    { id: 'people', path: '', label: t.admin.rooms.people },
    { id: 'departed', path: '/departed', label: t.admin.rooms.departed },
    { id: 'audit', path: '/audit', label: t.admin.rooms.audit },
  ];
  return (
    <nav class="rooms" aria-label={t.admin.rooms.label}>
      {rooms.map(({ id, path, label }) => (
        <a
          key={id}
          class="button small"
          href={`${baseUrl}hub/admin${path}`}
          aria-current={id === here ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
