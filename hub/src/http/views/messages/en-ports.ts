/** Programs on the ports of a server. */
export const enPorts = {
  ports: {
    open: 'Open a port',
    openNamed: (label: string) => `Open a port: ${label}`,
    port: 'Port',
    hint: 'Of a program that you have started there, such as a Flask or Streamlit app. It may listen on 127.0.0.1 only.',
    go: 'Open',
  },
};
