import type { enPorts } from './en-ports.ts';

/** Programme an den Ports eines Servers. */
export const dePorts: typeof enPorts = {
  ports: {
    open: 'Port öffnen',
    openNamed: (label: string) => `Port öffnen: ${label}`,
    port: 'Port',
    hint: 'Eines Programms, das Sie dort gestartet haben, etwa einer App mit Flask oder Streamlit. Es genügt, wenn es nur auf 127.0.0.1 hört.',
    go: 'Öffnen',
  },
};
