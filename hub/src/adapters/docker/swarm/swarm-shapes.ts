import { z } from 'zod';

/** What the hub reads of a Swarm's answers (API 1.41 and later); whatever else stands there is left alone. */

const strings = z.record(z.string(), z.string());

const containerSpec = z.looseObject({
  Image: z.string(),
  Env: z.array(z.string()).nullish(),
  Secrets: z.array(z.looseObject({ SecretID: z.string() })).nullish(),
});

const serviceSpec = z.looseObject({
  Name: z.string(),
  Labels: strings.nullish(),
  TaskTemplate: z.looseObject({
    ContainerSpec: containerSpec,
    Resources: z
      .looseObject({ Limits: z.looseObject({ MemoryBytes: z.number().optional() }).nullish() })
      .nullish(),
  }),
  Mode: z.looseObject({ Replicated: z.looseObject({ Replicas: z.number() }).optional() }),
});

export const serviceShape = z.looseObject({
  ID: z.string(),
  Version: z.looseObject({ Index: z.number() }),
  CreatedAt: z.string(),
  Spec: serviceSpec,
});

export const taskShape = z.looseObject({
  ID: z.string(),
  CreatedAt: z.string(),
  ServiceID: z.string(),
  NodeID: z.string().optional(),
  DesiredState: z.string(),
  Status: z.looseObject({
    State: z.string(),
    Message: z.string().optional(),
    Err: z.string().optional(),
    ContainerStatus: z.looseObject({ ExitCode: z.number().optional() }).nullish(),
  }),
  NetworksAttachments: z
    .array(
      z.looseObject({
        Network: z.looseObject({ ID: z.string(), Spec: z.looseObject({ Name: z.string() }) }),
        Addresses: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

/** A number of things, or one of several that have names. */
const genericResource = z.looseObject({
  DiscreteResourceSpec: z.looseObject({ Kind: z.string(), Value: z.number() }).nullish(),
  NamedResourceSpec: z.looseObject({ Kind: z.string() }).nullish(),
});

export const nodeShape = z.looseObject({
  ID: z.string(),
  Spec: z.looseObject({ Role: z.string(), Availability: z.string() }),
  Description: z.looseObject({
    Hostname: z.string(),
    Resources: z.looseObject({
      NanoCPUs: z.number(),
      MemoryBytes: z.number(),
      GenericResources: z.array(genericResource).nullish(),
    }),
  }),
  Status: z.looseObject({ State: z.string() }),
});

export type SwarmService = z.infer<typeof serviceShape>;
export type SwarmTask = z.infer<typeof taskShape>;
export type SwarmNode = z.infer<typeof nodeShape>;
