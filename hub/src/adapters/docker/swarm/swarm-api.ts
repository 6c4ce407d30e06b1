import { z } from 'zod';
import type { Machine } from '../../../domain/containers.ts';
import { type Engine, orNull } from '../engine.ts';
import { machineOf } from './machines.ts';
import { serviceName } from './service-name.ts';
import { nodeShape, type SwarmService, type SwarmTask, serviceShape, taskShape } from './swarm-shapes.ts';

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const made = z.looseObject({ ID: z.string() });

/**
 * The manager's questions and answers about services, tasks, machines and secrets.
 *
 * They are asked by their paths, because the client library sends the whole body of a new service along in the
 * header for registry passwords, where the Swarm keeps it: a token that is in its environment, too.
 */
export class SwarmApi {
  readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** By id or name; null when there is none. Not by the beginning of an id, which engines take as well. */
  async service(idOrName: string): Promise<SwarmService | null> {
    const name = serviceName(idOrName);
    const path = `/services/${encodeURIComponent(name)}`;
    const told = await this.engine.look((signal) => orNull(this.#ask({ method: 'GET', path }, signal)));
    if (told === null) return null;
    const service = serviceShape.parse(told);
    return service.ID === name || service.Spec.Name === name ? service : null;
  }

  async services(label: string): Promise<readonly SwarmService[]> {
    return serviceShape.array().parse(await this.#list('/services', { label: [label] }));
  }

  /** @returns its id. */
  async createService(body: object, signal?: AbortSignal): Promise<string> {
    const call: Call = { method: 'POST', path: '/services/create', body };
    return made.parse(await this.engine.work((until) => this.#ask(call, until), signal)).ID;
  }

  /** Changes a service as it was read. @throws Problem also when somebody else has changed it since. */
  async updateService(
    { ID: id, Version: version }: SwarmService,
    body: SwarmService['Spec'],
    signal?: AbortSignal,
  ): Promise<void> {
    const query = { version: String(version.Index) };
    const call: Call = { method: 'POST', path: `/services/${id}/update`, query, body };
    await this.engine.work((until) => this.#ask(call, until), signal);
  }

  /** One that is gone is no error. */
  async removeService(id: string): Promise<void> {
    const call: Call = { method: 'DELETE', path: `/services/${id}` };
    await this.engine.work((signal) => orNull(this.#ask(call, signal)));
  }

  /** By a label of their service; also for a while after that was removed. */
  async tasks(label: string): Promise<readonly SwarmTask[]> {
    return taskShape.array().parse(await this.#list('/tasks', { label: [label] }));
  }

  /** None when the service is gone. */
  async tasksOf(serviceId: string): Promise<readonly SwarmTask[]> {
    // Asked by the id of a service that is gone, the engine does not say "none" but 404.
    return taskShape.array().parse((await this.#list('/tasks', { service: [serviceId] })) ?? []);
  }

  /** Null when the Swarm has forgotten it. */
  async task(id: string): Promise<SwarmTask | null> {
    const call: Call = { method: 'GET', path: `/tasks/${id}` };
    const told = await this.engine.look((signal) => orNull(this.#ask(call, signal)));
    return told === null ? null : taskShape.parse(told);
  }

  async machines(): Promise<readonly Machine[]> {
    return nodeShape
      .array()
      .parse(await this.#list('/nodes', {}))
      .map(machineOf);
  }

  async machine(id: string): Promise<Machine | null> {
    const call: Call = { method: 'GET', path: `/nodes/${id}` };
    const told = await this.engine.look((signal) => orNull(this.#ask(call, signal)));
    return told === null ? null : machineOf(nodeShape.parse(told));
  }

  /** @returns its id. */
  async createSecret(
    name: string,
    labels: Readonly<Record<string, string>>,
    text: string,
    signal?: AbortSignal,
  ): Promise<string> {
    const body = { Name: name, Labels: labels, Data: Buffer.from(text).toString('base64') };
    const call: Call = { method: 'POST', path: '/secrets/create', body };
    return made.parse(await this.engine.work((until) => this.#ask(call, until), signal)).ID;
  }

  /** Ids and when they were made, in milliseconds. */
  async secrets(label: string): Promise<readonly { readonly id: string; readonly created: number }[]> {
    const shape = z.looseObject({ ID: z.string(), CreatedAt: z.string() });
    const told = shape.array().parse((await this.#list('/secrets', { label: [label] })) ?? []);
    return told.map(({ ID: id, CreatedAt: at }) => ({ id, created: Date.parse(at) }));
  }

  /** One that is gone is no error. */
  async removeSecret(id: string): Promise<void> {
    const call: Call = { method: 'DELETE', path: `/secrets/${id}` };
    await this.engine.work((signal) => orNull(this.#ask(call, signal)));
  }

  /** The last lines of a task's output, in the engine's frames; null when the task is gone. */
  async output(taskId: string, lines: number): Promise<Buffer | null> {
    const query = { stdout: 'true', stderr: 'true', tail: String(lines), follow: 'false' };
    const call: Call = { method: 'GET', path: `/tasks/${taskId}/logs`, query };
    const told = await this.engine.look((signal) => orNull(this.#ask(call, signal)));
    return Buffer.isBuffer(told) ? told : null;
  }

  #list(path: string, filters: Readonly<Record<string, readonly string[]>>): Promise<unknown> {
    const query = { filters: JSON.stringify(filters) };
    return this.engine.look((signal) => orNull(this.#ask({ method: 'GET', path, query }, signal)));
  }

  #ask({ method, path, query = {}, body = {} }: Call, signal: AbortSignal): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const call = {
      path: `${path}?`,
      method,
      options: { _query: query, _body: body },
      abortSignal: signal,
      statusCodes: { 200: true, 201: true, 204: true },
    };
    this.engine.docker.modem.dial(call, (error: unknown, data: unknown) =>
      error === null || error === undefined ? resolve(data) : reject(error),
    );
    return promise;
  }
}
