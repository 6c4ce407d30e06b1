import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerInfo } from 'dockerode';
import { request } from 'undici';
import { makeProxyRoutes } from '../../hub/src/adapters/proxy/proxy-routes.ts';
import { LABEL } from '../../hub/src/domain/container-spec.ts';
import { portsPath } from '../../hub/src/domain/port-forwarder.ts';
import { isActive, isOpen, isStarting, type Server } from '../../hub/src/domain/server.ts';
import type { OAuthClient, Token } from '../../hub/src/domain/token.ts';
import { pathOf } from './soak-acts.ts';
import type { SoakWorld } from './soak-world.ts';

/** What the hub has written down. */
export interface Written {
  readonly servers: readonly Server[];
  readonly tokens: readonly Token[];
  readonly clients: readonly OAuthClient[];
}

export async function readStore({ hub }: SoakWorld): Promise<Written> {
  return JSON.parse(await readFile(join(hub.directory, 'berth.json'), 'utf8')) as Written;
}

/**
 * Where engine, store and routes disagree; empty when they agree. What is on its way is a disagreement, too:
 * ask again later.
 */
export async function disagreements(world: SoakWorld): Promise<readonly string[]> {
  const containers = await world.hub.dock.containers();
  const { servers, tokens, clients } = await readStore(world);
  const said = servers.flatMap((server) => ofServer(world, server, containers));
  const claimed = new Set(servers.map(({ containerId }) => containerId));
  for (const { Id, Names } of containers) {
    if (!claimed.has(Id)) said.push(`orphan container ${Names[0]}`);
  }
  const running = new Set(servers.filter(isActive).map(({ user, name }) => `${user}/${name}`));
  for (const { server } of tokens) {
    if (server !== null && !running.has(server)) said.push(`a token of ${server}, which does not run`);
  }
  for (const { user, server } of clients) {
    if (user !== null && !running.has(`${user}/${server}`)) said.push(`an OAuth client of ${user}/${server}`);
  }
  said.push(...(await ofRoutes(world, servers)));
  return said;
}

function ofServer(world: SoakWorld, server: Server, containers: readonly ContainerInfo[]): string[] {
  const { user, name, state, containerId, generation, target } = server;
  const label = `${user}/${name}`;
  const own = containers.filter(
    ({ Labels: labels }) => labels[LABEL.user] === user && labels[LABEL.server] === name,
  );
  if (isStarting(server) || state === 'stopping') return [`${label} is still ${state}`];
  if (!isOpen(server)) return own.length === 0 ? [] : [`${label} is ${state} and has a container`];
  const [container] = own;
  if (container === undefined || own.length !== 1)
    return [`${label} is ${state} with ${own.length} containers`];
  const address = container.NetworkSettings.Networks[world.hub.dock.name]?.IPAddress;
  return [
    ...(container.Id === containerId ? [] : [`${label} has another container than the store says`]),
    ...(container.State === (state === 'frozen' ? 'paused' : 'running')
      ? []
      : [`${label} is ${state} and its container ${container.State}`]),
    ...(container.Labels[LABEL.generation] === `${generation}` ? [] : [`${label} is of another generation`]),
    ...(target === `http://${address}:8888` ? [] : [`${label} is at ${address}, the store says ${target}`]),
  ];
}

async function ofRoutes(world: SoakWorld, servers: readonly Server[]): Promise<string[]> {
  const routes = await makeProxyRoutes(world.hub.proxy.door).list();
  const wanted = new Map(servers.filter(isOpen).map((server) => [pathOf(server), server.target]));
  const programs = new Set(servers.filter(isOpen).map((server) => portsPath('/', server)));
  const said: string[] = [];
  for (const { path, user, target, ports } of routes) {
    if (user === null) continue;
    if (ports === true) {
      // The way to a server's programs goes with the server's own; where it leads nobody has asked yet.
      if (!programs.has(path)) said.push(`the proxy leads ${path} to ports of nothing`);
    } else if (wanted.get(path) !== target) said.push(`the proxy leads ${path} to ${target}`);
  }
  const there = new Set(routes.map(({ path }) => path));
  for (const path of wanted.keys()) if (!there.has(path)) said.push(`no route ${path}`);
  return said;
}

/** Servers that run, awake or asleep, and do not answer a visitor. */
export async function silent(world: SoakWorld): Promise<readonly string[]> {
  const { servers } = await readStore(world);
  const asked = servers.filter(isOpen).map(async (server) => {
    const answer = await request(`${world.hub.proxy.url}${pathOf(server)}api`, { headersTimeout: 20_000 });
    await answer.body.dump();
    return answer.statusCode === 200 ? [] : [`${pathOf(server)} answers ${answer.statusCode}`];
  });
  return (await Promise.all(asked)).flat();
}
