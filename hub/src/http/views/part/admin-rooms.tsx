import type { Shell } from '../props.ts';

/** The ways between an administrator's pages. */
export function AdminRooms({
  shell,
  here,
}: {
  shell: Shell;
  here:
    | 'groups'
    | 'machines'
    | 'invitations'
    | 'services'
    | 'announcements'
    | 'people'
    | 'servers'
    | 'usage'
    | 'profiles'
    | 'volumes'
    | 'images'
    | 'schedules'
    | 'departed'
    | 'audit'
    | 'health';
}) {
  const { t, baseUrl } = shell;
  const rooms = [
    { id: 'people', path: '', label: t.admin.rooms.people },
    { id: 'servers', path: '/servers', label: t.servers.title },
    ...(shell.lacks === undefined ? [] : [{ id: 'machines', path: '/machines', label: t.machines.title }]),
    { id: 'usage', path: '/usage', label: t.usage.machineTitle },
    { id: 'profiles', path: '/profiles', label: t.profiles.title },
    { id: 'images', path: '/images', label: t.images.title },
    { id: 'volumes', path: '/volumes', label: t.volumes.title },
    { id: 'schedules', path: '/schedules', label: t.schedules.title },
    { id: 'groups', path: '/groups', label: t.groups.title },
    { id: 'invitations', path: '/invitations', label: t.invitations.title },
    { id: 'departed', path: '/departed', label: t.admin.rooms.departed },
    { id: 'services', path: '/services', label: t.services.title },
    { id: 'announcements', path: '/announcements', label: t.announcements.title },
    { id: 'audit', path: '/audit', label: t.admin.rooms.audit },
    { id: 'health', path: '/health', label: t.health.title },
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
