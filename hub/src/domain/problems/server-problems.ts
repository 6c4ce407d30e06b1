import type { ProblemKind } from './problem-kind.ts';

/** A server’s life, from the queue to its end. */
export const SERVER_PROBLEMS = {
  'SERVER-001': {
    status: 400,
    title: 'This server is busy with something else',
    user: '{detail}',
    admin: '{detail}',
  },
  'SERVER-002': {
    status: 409,
    title: 'The limit cannot be changed',
    user: '{detail}',
    admin: 'The engine keeps the old limit: {detail}',
  },
  'SPAWN-101': {
    status: 500,
    title: 'The image does not exist',
    user: 'The environment {image} could not be found. Tell the administrator.',
    admin:
      'Neither this machine nor its registry has {image}. Run `make build`, or correct DOCKER_NOTEBOOK_IMAGE.',
  },
  'SPAWN-102': {
    status: 500,
    title: 'The image may not be downloaded',
    user: 'The hub has no permission to download {image}. Tell the administrator.',
    admin: 'The registry refused {image}: log the engine in with `docker login`.',
  },
  'SPAWN-103': {
    status: 500,
    title: 'The image is made for another kind of machine',
    user: '{image} does not run on this machine. Tell the administrator.',
    admin: 'There is no build of {image} for this processor.',
  },
  'SPAWN-104': {
    status: 504,
    title: 'The download takes too long',
    user: 'The image is large or the line is slow. Try again: what is here already is kept.',
    admin: 'Downloading {image} passed its deadline. Pull it by hand, or raise the deadline.',
  },
  'SPAWN-105': {
    status: 502,
    title: 'The image could not be downloaded',
    user: 'The hub could not reach the place where {image} is kept. Try again, or tell the administrator.',
    admin: 'No registry in reach for {image}: {detail}',
  },
  'SPAWN-110': {
    status: 507,
    title: "The machine's disk is full",
    user: 'Your server cannot start until there is room. Your files are safe. Tell the administrator.',
    admin: 'No space left for the engine. See `docker system df`.',
  },
  'SPAWN-120': {
    status: 500,
    title: 'The notebook stopped while it was starting',
    user: 'Its last lines are below. If they mean nothing to you, send them to the administrator.',
    admin: 'The container ended with exit code {exitCode} before it answered.',
  },
  'SPAWN-121': {
    status: 500,
    title: 'There was not enough memory',
    user: 'The server needed more than its limit of {limit} while starting. Ask for a larger one.',
    admin: 'The kernel ended the container for memory. Raise MEM_LIMIT.',
  },
  'SPAWN-122': {
    status: 504,
    title: 'The notebook started but does not answer',
    user: 'Try once more. If it stays, send the lines below to the administrator.',
    admin:
      'No answer at {url} within {seconds} s. Does the image listen on port {port}? Can it reach the hub?',
  },
  'SPAWN-130': {
    status: 500,
    title: 'The device is not there',
    user: 'This environment needs a GPU or another device that the machine cannot give. Choose another, or tell the administrator.',
    admin:
      'The engine could not attach a device: {detail}. Is its driver (the NVIDIA container toolkit) installed?',
  },
  'SPAWN-131': {
    status: 500,
    title: 'Your files could not be attached',
    user: 'Your home folder cannot be opened. Tell the administrator.',
    admin: 'The engine could not mount {detail}.',
  },
  'SPAWN-140': {
    status: 400,
    title: 'This environment is too large for the machine',
    user: 'It is promised more {detail} than the machine has for all servers together. Choose a smaller one.',
    admin:
      'The guarantee asks for more {detail} than there is. See MEM_GUARANTEE, CPU_GUARANTEE, GPUS and the reserves.',
  },
  'SPAWN-141': {
    status: 500,
    title: 'A container of that name is there already',
    user: "Something else on the machine has your server's name. Tell the administrator.",
    admin:
      'A foreign container is called {container}. Berth neither uses nor removes it: rename or remove it.',
  },
  'SPAWN-142': {
    status: 400,
    title: 'What you chose is not there any more',
    user: '{detail} Choose again.',
    admin: 'The profiles were changed since this server was last chosen: {detail}',
  },
  'SPAWN-150': {
    status: 503,
    title: 'The container engine is not answering',
    user: 'Nothing can be started just now. Try again in a minute.',
    admin: 'The hub cannot reach the engine: {detail}. Is it running? May the hub open its socket?',
  },
  'SPAWN-160': {
    status: 409,
    title: 'The start was cancelled',
    user: 'Start it again whenever you like.',
    admin: 'Somebody cancelled the start.',
  },
  'SPAWN-170': {
    status: 502,
    title: 'The proxy is not answering',
    user: 'Your server is up, but cannot be reached yet. Try again in a minute.',
    admin: "The hub cannot reach the proxy's control door: {detail}.",
  },
  'SPAWN-171': {
    status: 502,
    title: 'This kind of server is not possible here',
    user: 'The application runs, but nobody would keep strangers out of it, so it was not opened. Tell the administrator.',
    admin:
      'A profile of `kind: web` needs a proxy that guards it: Berth’s own, of this version. configurable-http-proxy does not.',
  },
  'SPAWN-180': {
    status: 400,
    title: 'This cannot be done on several machines',
    user: 'Servers here run on a cluster of machines, which cannot do that: {detail}.',
    admin: 'A Swarm service has no {detail}. See the page on many machines.',
  },
  'SPAWN-181': {
    status: 503,
    title: 'The machine that holds your files is away',
    user: 'Your files lie on the machine {machine}, which does not answer just now. Nothing is lost. Start again when it is back, or ask the administrator.',
    admin:
      'The volume {volume} lies on {machine}, which the Swarm does not reach. Bring it back; if its files were moved or are given up, say so on the page “Machines”.',
  },
  'SPAWN-182': {
    status: 503,
    title: 'The machine that holds your files is closed for maintenance',
    user: 'Your files lie on the machine {machine}, which takes no servers just now. Nothing is lost. Start again when the maintenance is over.',
    admin:
      'The volume {volume} lies on {machine}, whose availability is pause or drain: `docker node update --availability active {machine}`.',
  },
  'SPAWN-183': {
    status: 400,
    title: 'None of the machines fits',
    user: 'This environment asks for something that none of the machines has. Choose another, or tell the administrator.',
    admin:
      'No machine can take it: {detail}. See node_selector, PLACEMENT, GENERIC_RESOURCES and the guarantees, and the labels of the machines.',
  },
  'SPAWN-184': {
    status: 503,
    title: 'The machine went away while your server was starting',
    user: 'The machine {machine} does not answer any more. Your files are not touched. Start again.',
    admin: 'The Swarm lost {machine} during the start. See its engine and its network.',
  },
  'SPAWN-199': {
    status: 500,
    title: 'The start failed',
    user: 'The container engine refused. Tell the administrator: the log of the hub says why.',
    admin: '{detail}',
  },
  'RUN-101': {
    status: 500,
    title: 'Your server ran out of memory',
    user: 'It used more than its limit of {limit} and was ended. Saved files are safe. Start again, and work with less at once.',
    admin: 'The kernel ended the container for memory.',
  },
  'RUN-102': {
    status: 500,
    title: 'Your server ended by itself',
    user: 'Saved files are safe. Start it again.',
    admin: 'The container ended with exit code {exitCode}.',
  },
} as const satisfies Record<string, ProblemKind>;
