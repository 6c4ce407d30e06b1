import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../e2e/browser.ts';
import { firstCell } from '../e2e/flows/first-cell.ts';
import { docker, Stack } from '../e2e/stack.ts';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'berth-chp';
const PORT = 18_050;
/** A name of her own: containers of two appliances on one engine must not have the same. */
const PERSON = 'chpana';

/**
 * Our hub with configurable-http-proxy from npm in our proxy's place: same networks, same name, same token. Then a
 * person's whole way in a real browser.
 */
export async function hubWithChp(): Promise<string> {
  const images = { BERTH_IMAGE: `${NAME}:latest`, BERTH_PROXY_IMAGE: `${NAME}-proxy:latest` };
  const stack = await Stack.make({ name: NAME, port: PORT, userlist: `${PERSON} admin\n`, settings: images });
  const browser = await openBrowser();
  try {
    const link = stack.link(await stack.up());
    await exchangeProxy(stack, images.BERTH_PROXY_IMAGE);
    await stack.healthy(90_000);
    const { startSeconds } = await firstCell(
      stack,
      browser,
      link,
      await mkdtemp(join(tmpdir(), 'berth-chp-pictures-')),
      PERSON,
    );
    const routes = await docker('logs', `${NAME}-other-proxy`);
    if (!routes.includes(`Route added /user/${PERSON}`))
      throw new Error(`configurable-http-proxy never got the route of ${PERSON}`);
    return `one-time link, sign-in, start (${startSeconds.toFixed(1)} s), a kernel, stop, sign-out through configurable-http-proxy ${chpVersion()}`;
  } catch (error) {
    const log = await stack.compose('logs', '--tail=25', 'hub').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`);
  } finally {
    await browser.close();
    await docker('rm', '--force', `${NAME}-other-proxy`).catch(() => '');
    await stack.remove();
  }
}

/** Takes our proxy away and puts the other one under its names. It speaks Node 24, as our image does. */
async function exchangeProxy(stack: Stack, image: string): Promise<void> {
  await stack.compose('rm', '--stop', '--force', 'proxy');
  const token = readFileSync(join(stack.directory, 'secrets/proxy_auth_token'), 'utf8').trim();
  const other = `${NAME}-other-proxy`;
  const program = '/chp/node_modules/configurable-http-proxy/bin/configurable-http-proxy';
  await docker(
    ...['create', '--name', other, '--label', 'org.berth.test=prove-proxy', '--network', `${NAME}_public`],
    ...['--publish', `${PORT}:8000`, '--env', `CONFIGPROXY_AUTH_TOKEN=${token}`],
    ...['--volume', `${ROOT}/node_modules:/chp/node_modules:ro`, image],
    ...['node', program, '--port=8000', '--api-ip=0.0.0.0', '--api-port=8001'],
    ...['--default-target=http://hub-control:8080', '--error-target=http://hub-control:8080/hub/error'],
  );
  await docker('network', 'connect', '--alias', 'proxy-control', `${NAME}_control`, other);
  await docker('network', 'connect', `${NAME}-network`, other);
  await docker('start', other);
}

function chpVersion(): string {
  const found: unknown = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/configurable-http-proxy/package.json'), 'utf8'),
  );
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : '';
}
