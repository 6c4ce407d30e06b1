import type { ServicesProps } from './groups-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';

/** Services and roles as they are in force. Both are the configuration's: shown, not edited. */
export function ServicesView({ shell, services, roles }: ServicesProps) {
  const { t, now } = shell;
  return (
    <Layout shell={shell} title={t.services.title} width="wide" current="admin">
      <PageHead title={t.services.title} lead={t.services.lead} />
      <AdminRooms shell={shell} here="services" />
      <div class="stack">
        <section class="card">
          <h2>{t.services.servicesTitle}</h2>
          {services.length === 0 ? <p class="quiet">{t.services.noServices}</p> : null}
          <ul class="rows">
            {services.map((service) => (
              <li key={service.name} class="row">
                <div>
                  <bdi class="person-name">{service.name}</bdi>{' '}
                  {service.admin ? <span class="tag tag-accent">{t.services.admin}</span> : null}
                  <p class="fine">
                    {service.url === null ? null : (
                      <>
                        {t.services.address} <bdi>{service.url}</bdi> ·{' '}
                      </>
                    )}
                    {t.services.lastActive}{' '}
                    {service.lastActivity === null ? (
                      t.units.never
                    ) : (
                      <When t={t} at={service.lastActivity} now={now} as="ago" />
                    )}
                    {service.roles.map((role) => (
                      <span key={role}>
                        {' · '}
                        <code>{role}</code>
                      </span>
                    ))}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <section class="card">
          <h2>{t.services.rolesTitle}</h2>
          <ul class="rows">
            {roles.map((role) => (
              <li key={role.name} class="row">
                <details class="role">
                  <summary>
                    <code>{role.name}</code>{' '}
                    <span class="quiet">{t.services.scopes(role.scopes.length)}</span>
                  </summary>
                  <p class="hint">{role.description}</p>
                  <ul class="bullets">
                    {role.scopes.map((scope) => (
                      <li key={scope.name}>
                        {scope.sentence} <code class="quiet">{scope.name}</code>
                      </li>
                    ))}
                  </ul>
                  <p class="fine">
                    {t.services.givenTo}:{' '}
                    <bdi>{role.holders.length === 0 ? t.services.nobody : role.holders.join(', ')}</bdi>
                  </p>
                </details>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Layout>
  );
}
