import type { Override } from '../../domain/profile.ts';
import type { TokenHeader } from '../../domain/web-application.ts';
import type { Path, Reading } from './reading.ts';

/** Keys of a profile that mean something with `kind: web` beside them. */
export const WEB_KEYS = ['port', 'health_path', 'strip_prefix', 'token_header'] as const;

const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
/** What a header of this name would do to the request itself, or to whom the program believes to see. */
const NOT_A_TOKEN =
  /^(?:host|connection|keep-alive|upgrade|te|trailer|expect|cookie|transfer-encoding|content-.*|proxy-.*|sec-.*|forwarded|x-forwarded-.*|x-berth-.*|x-jupyterhub-.*|x-(?:real-ip|scheme|hub-user|remote-user)|remote-user)$/i;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const HEALTH_PATH = /^\/[\x21-\x7e]*$/;

/** What a profile says of the kind of its server. A program without Jupyter runs what its image says, unless told. */
export function readKind(given: Readonly<Record<string, unknown>>, at: Path, reading: Reading): Override {
  const { kind = 'notebook' } = given;
  if (kind === 'notebook') {
    const lost = WEB_KEYS.find((key) => given[key] !== undefined);
    if (lost !== undefined) reading.fault(`${at}.${lost}`, 'needs `kind: web` beside it');
    return {};
  }
  if (kind !== 'web') {
    reading.fault(`${at}.kind`, 'should be notebook or web');
    return {};
  }
  if (given.port === undefined)
    reading.fault(`${at}.port`, 'should be the port on which the program listens');
  const port = given.port === undefined ? 0 : (reading.number(given.port, `${at}.port`, 1, 65535) ?? 0);
  if (!Number.isInteger(port)) reading.fault(`${at}.port`, 'should be a whole number');
  const healthPath = reading.text(given.health_path, `${at}.health_path`) ?? '/';
  if (!HEALTH_PATH.test(healthPath))
    reading.fault(`${at}.health_path`, 'should be a path that begins with /');
  const stripPrefix = reading.flag(given.strip_prefix, `${at}.strip_prefix`);
  const tokenHeader = readTokenHeader(given.token_header, `${at}.token_header`, reading);
  return { command: null, args: [], web: { port, healthPath, stripPrefix, tokenHeader } };
}

function readTokenHeader(value: unknown, at: Path, reading: Reading): TokenHeader | null {
  const given = reading.mapping(value, at);
  if (given === undefined) return null;
  for (const key of Object.keys(given))
    if (key !== 'name' && key !== 'env') reading.fault(`${at}.${key}`, 'is not known');
  const name = reading.text(given.name, `${at}.name`) ?? 'X-Door-Token';
  const variable = reading.text(given.env, `${at}.env`) ?? 'DOOR_TOKEN';
  if (!HEADER.test(name) || NOT_A_TOKEN.test(name))
    reading.fault(`${at}.name`, 'should be a header of the program’s own, such as X-Door-Token');
  if (!VARIABLE.test(variable) || /^(?:BERTH|JUPYTERHUB|JPY)_/i.test(variable))
    reading.fault(`${at}.env`, 'should be a variable of the program’s own, such as DOOR_TOKEN');
  return { name, variable };
}
