import type { z } from 'zod';
import type { Caller } from '../../domain/caller.ts';
import type { Hub } from '../hub.ts';
import type { ApiContext } from './api-context.ts';
import type { ModelName } from './models.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may.
 *
 * `open`: anybody. `identity`: whoever has credentials. `one`: any of the scopes, for the very thing that
 * the path names. `some`: any of them, for anything; the answer shows only what it covers. `whole`: any of
 * them without limits, for what no limit fits, such as making new users.
 */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'identity' }
  | {
      readonly kind: 'one';
      readonly on: 'user' | 'server' | 'group' | 'service';
      readonly any: readonly string[];
    }
  | { readonly kind: 'some' | 'whole'; readonly any: readonly string[] };

/** What a handler is given. */
export interface Call<Body = undefined> {
  readonly ctx: ApiContext;
  readonly hub: Hub;
  readonly caller: Caller;
  /** A parameter of the path, decoded; nothing else has been done to it. */
  readonly param: (name: 'name' | 'server' | 'token' | 'owner') => string;
  readonly body: Body;
}

export interface Answer {
  readonly description: string;
  /** Name of its model among the components, when it answers JSON. */
  readonly model?: ModelName;
}

/** One operation: the router, the checks and the OpenAPI description are all made from it. */
export interface Endpoint {
  readonly method: Method;
  /** Below `/hub/api`, with `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Shape of the JSON body; without one the body is not read. */
  readonly body?: z.ZodType;
  /** Query parameters and what they mean. */
  readonly query?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Leaves no line in the log: what notebooks send by themselves, and what tells of itself. */
  readonly quiet?: true;
  readonly handle: (call: Call<never>) => void | Promise<void>;
}

/** An endpoint with a body: its handler is given what the schema let through. */
export function endpoint<Schema extends z.ZodType>(
  definition: Omit<Endpoint, 'body' | 'handle'> & {
    readonly body: Schema;
    readonly handle: (call: Call<z.infer<Schema>>) => void | Promise<void>;
  },
): Endpoint {
  return definition;
}
