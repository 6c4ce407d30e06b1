import { Stack } from '../e2e/stack.ts';
import { must } from '../prove/shell.ts';
import { STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';

/** Everybody's password, the teacher's apart: the dummy authenticator asks for it. */
export const PASSWORD = 'a class of many at once';
export const TEACHER = 'load-teacher';
const TEACHERS_PASSWORD = 'the teacher of a class of many at once';
/** The slugs of the two profiles. */
export const SMALL = 'small';
export const LAB = 'lab';
const REAL_NOTEBOOK = 'berth-notebook-minimal';

export interface LoadStackOptions {
  /** Begins with `berth-load`. */
  readonly name: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Overlays besides compose.yaml, and files that they need: path and text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Two kinds of servers to choose from, as z2jh writes them. `more`: what else the small one's `kubespawner_override` says. */
export const profilesOf = ({
  image,
  more,
}: {
  readonly image: string;
  readonly more?: string;
}): string => `singleuser:
  profileList:
    - slug: ${SMALL}
      display_name: Small
      default: true
      kubespawner_override: {image: ${image}, mem_limit: 128M${more === undefined ? '' : `, ${more}`}}
    - slug: ${LAB}
      display_name: JupyterLab
      kubespawner_override: {image: ${REAL_NOTEBOOK}, mem_limit: 1G}
`;

/** The whole appliance for a class: hub, proxy, and servers of two kinds. `up` is the caller's. */
export async function loadStack(options: LoadStackOptions): Promise<Stack> {
  const stack = await Stack.make({
    name: options.name,
    port: options.port,
    settings: {
      AUTHENTICATOR_CLASS: 'dummy',
      DUMMY_PASSWORD: PASSWORD.replaceAll(' ', '-'),
      SHARED_ADMIN_PASSWORD: TEACHERS_PASSWORD.replaceAll(' ', '-'),
      ALLOW_ALL: 'true',
      JUPYTERHUB_ADMIN: TEACHER,
      CULL_ENABLED: 'false',
      BERTH_IMAGE: 'berth-load:latest',
      BERTH_PROXY_IMAGE: 'berth-load-proxy:latest',
      ...options.settings,
    },
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  await stack.write('config.yaml', profilesOf({ image: STAND_IN_NOTEBOOK }));
  for (const [path, text] of Object.entries(options.files ?? {})) await stack.write(path, text);
  return stack;
}

export const passwordOf = (name: string): string =>
  (name === TEACHER ? TEACHERS_PASSWORD : PASSWORD).replaceAll(' ', '-');

/** A token of the teacher's, who has signed in before; from the command line in the hub's container. */
export async function teachersToken({ directory, options }: Stack): Promise<string> {
  const environment = options.environment ?? {};
  const said = await must(directory, ['./berth', 'token', TEACHER], { environment, seconds: 60 });
  const token = said.split('\n').at(-1) ?? '';
  if (!/^\S{16,}$/.test(token)) throw new Error(`no token in: ${said.slice(-300)}`);
  return token;
}

/** `docker …` on the stack's own engine. @throws Error with the last lines when it fails. */
export function dockerOf({ options }: Stack): (...words: readonly string[]) => Promise<string> {
  const environment = options.environment ?? {};
  return (...words) => must('/', ['docker', ...words], { environment, seconds: 120 });
}

/** Process id of one of the services on this machine. */
export async function pidOf(stack: Stack, service: string): Promise<number> {
  return Number(await dockerOf(stack)('inspect', '-f', '{{.State.Pid}}', await stack.container(service)));
}
