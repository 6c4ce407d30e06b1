/** One command-line option: the source of parsing, help and the reference page. */
export interface OptionDescription {
  readonly type: 'text' | 'number' | 'flag';
  readonly repeats?: true;
  /** Shown in help; the reader of the option applies it. */
  readonly default?: string;
  readonly doc: string;
  /** Why the option is not taken. A refused option ends the program with this sentence. */
  readonly refused?: string;
  /** Ours, not configurable-http-proxy's. */
  readonly ours?: true;
}

const RC4_GONE = 'OpenSSL no longer has RC4, so no version of this option can work. Leave it out.';

export const OPTIONS = {
  ip: { type: 'text', default: '', doc: 'Address or name to listen on; all interfaces when empty or *.' },
  port: { type: 'number', default: '8000', doc: 'Public port.' },
  socket: { type: 'text', doc: 'Unix socket to listen on instead of address and port.' },
  'ssl-key': {
    type: 'text',
    doc: 'Private key of the public side (PEM). CONFIGPROXY_SSL_KEY_PASSPHRASE opens it.',
  },
  'ssl-cert': { type: 'text', doc: 'Certificate of the public side (PEM, with its chain).' },
  'ssl-ca': { type: 'text', doc: 'Authorities for certificates of clients.' },
  'ssl-request-cert': { type: 'flag', doc: 'Ask clients for a certificate.' },
  'ssl-reject-unauthorized': { type: 'flag', doc: 'Refuse clients without an accepted certificate.' },
  'ssl-protocol': { type: 'text', doc: 'Only this version of TLS: TLSv1_2 or TLSv1_3.' },
  'ssl-ciphers': { type: 'text', doc: 'OpenSSL cipher list, separated by colons. Node’s own by default.' },
  'ssl-allow-rc4': { type: 'flag', doc: 'Allow the RC4 cipher.', refused: RC4_GONE },
  'ssl-dhparam': { type: 'text', doc: 'Diffie-Hellman parameters (PEM).' },
  'api-ip': { type: 'text', default: 'localhost', doc: 'Address or name for the control API.' },
  'api-port': {
    type: 'number',
    doc: 'Port of the control API; the public port + 1 by default, 8001 with --socket.',
  },
  'api-socket': { type: 'text', doc: 'Unix socket for the control API (mode 0600).' },
  'api-ssl-key': {
    type: 'text',
    doc: 'Private key of the control API. CONFIGPROXY_API_SSL_KEY_PASSPHRASE opens it.',
  },
  'api-ssl-cert': { type: 'text', doc: 'Certificate of the control API.' },
  'api-ssl-ca': { type: 'text', doc: 'Authorities for certificates of the control API’s clients.' },
  'api-ssl-request-cert': { type: 'flag', doc: 'Ask clients of the control API for a certificate.' },
  'api-ssl-reject-unauthorized': {
    type: 'flag',
    doc: 'Refuse clients of the control API without an accepted certificate.',
  },
  'client-ssl-key': { type: 'text', doc: 'Private key shown to https targets.' },
  'client-ssl-cert': { type: 'text', doc: 'Certificate shown to https targets.' },
  'client-ssl-ca': { type: 'text', doc: 'Authorities for certificates of https targets.' },
  'client-ssl-request-cert': { type: 'flag', doc: 'Accepted; a TLS server always shows its certificate.' },
  'client-ssl-reject-unauthorized': {
    type: 'flag',
    doc: 'Accepted; certificates of https targets are always checked unless --insecure.',
  },
  'default-target': { type: 'text', doc: 'Target of the route /.' },
  'error-target': { type: 'text', doc: 'Server that explains errors: GET <target>/<code>?url=<escaped>.' },
  'error-path': { type: 'text', doc: 'Directory with <code>.html or error.html.' },
  'redirect-port': { type: 'number', doc: 'Answer plain HTTP here with a redirect to HTTPS.' },
  'redirect-to': { type: 'number', doc: 'Port named in those redirects; the public port by default.' },
  'challenge-dir': {
    type: 'text',
    ours: true,
    doc: 'Webroot of an ACME client: /.well-known/acme-challenge/ on --redirect-port is answered from there. CONFIGPROXY_CHALLENGE_DIR says the same.',
  },
  'pid-file': { type: 'text', doc: 'File for the process id; removed at the end.' },
  'no-x-forward': { type: 'flag', doc: 'Add no X-Forwarded-* headers.' },
  'no-prepend-path': { type: 'flag', doc: 'Do not put the target’s path before the request’s.' },
  'no-include-prefix': { type: 'flag', doc: 'Take the route’s path off the request’s.' },
  'auto-rewrite': { type: 'flag', doc: 'In redirects to the target’s host, name the public host instead.' },
  'change-origin': { type: 'flag', doc: 'Send the target’s host as Host.' },
  'protocol-rewrite': { type: 'text', doc: 'In redirects to the target’s host, name this protocol.' },
  'custom-header': { type: 'text', repeats: true, doc: 'Header for every forwarded request, as name:value.' },
  insecure: { type: 'flag', doc: 'Do not check certificates of https targets.' },
  'host-routing': { type: 'flag', doc: 'The first segment of a route is a host name.' },
  'metrics-ip': { type: 'text', default: '', doc: 'Address or name for metrics.' },
  'metrics-port': { type: 'number', doc: 'Port for GET /metrics; no metrics listener by default.' },
  'metrics-socket': { type: 'text', doc: 'Unix socket for metrics.' },
  'log-level': { type: 'text', default: 'info', doc: 'debug, info, warn or error.' },
  timeout: {
    type: 'number',
    default: '0',
    doc: 'Milliseconds without a byte after which a request is dropped; 0: never.',
  },
  'proxy-timeout': {
    type: 'number',
    default: '0',
    doc: 'Milliseconds without a byte from the target after which the answer is 504; 0: never.',
  },
  'keep-alive-timeout': {
    type: 'number',
    default: '65000',
    doc: 'Milliseconds an idle client connection is kept: longer than the 60 s of an nginx in front.',
  },
  'storage-backend': {
    type: 'text',
    doc: 'External storage class.',
    refused:
      'It would load a program into the proxy. Use --storage-file PATH: routes are kept there over a restart.',
  },
  'storage-file': {
    type: 'text',
    ours: true,
    doc: 'File in which routes are kept over a restart of the proxy.',
  },
  'trusted-proxies': {
    type: 'text',
    repeats: true,
    ours: true,
    default: 'loopback',
    doc: 'Whose X-Forwarded-* headers are believed: addresses, CIDR ranges, loopback, private, or none; commas between them. CONFIGPROXY_TRUSTED_PROXIES says the same.',
  },
  'allowed-hosts': {
    type: 'text',
    repeats: true,
    ours: true,
    doc: 'Host names under which the proxy may be asked, without ports, commas between them; any by default. Others get 421.',
  },
  'max-connections': {
    type: 'number',
    ours: true,
    default: '10000',
    doc: 'Most client connections at once.',
  },
  'max-connections-per-address': {
    type: 'number',
    ours: true,
    default: '2500',
    doc: 'Most connections of one client address (an IPv6 /64 counts as one), those of --trusted-proxies apart; 0: no limit.',
  },
  'hold-timeout': {
    type: 'number',
    ours: true,
    default: '60000',
    doc: 'Milliseconds a request may wait for its server to wake.',
  },
  'drain-timeout': {
    type: 'number',
    ours: true,
    default: '8000',
    doc: 'Milliseconds that running requests may take to end after SIGTERM.',
  },
  help: { type: 'flag', doc: 'Show this list.' },
  version: { type: 'flag', doc: 'Show the version.' },
} as const satisfies Readonly<Record<string, OptionDescription>>;

export type OptionName = keyof typeof OPTIONS;
