import { activityEndpoint } from './activity-endpoint.ts';
import { deprecatedEndpoints } from './deprecated-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { environmentsEndpoints } from './environments-endpoints.ts';
import { groupsEndpoints } from './groups-endpoints.ts';
import { hubEndpoints } from './hub-endpoints.ts';
import { imagesEndpoints } from './images-endpoints.ts';
import { keepEndpoints } from './keep-endpoints.ts';
import { limitsEndpoints } from './limits-endpoint.ts';
import { machinesEndpoints } from './machines-endpoints.ts';
import { metricsEndpoint } from './metrics-endpoint.ts';
import { oauthTokenEndpoint } from './oauth-token-endpoint.ts';
import { openapiEndpoint } from './openapi-endpoint.ts';
import { proxyEndpoints } from './proxy-endpoints.ts';
import { serversEndpoints } from './servers-endpoints.ts';
import { servicesEndpoints } from './services-endpoints.ts';
import { shareCodesEndpoints } from './share-codes-endpoints.ts';
import { sharedEndpoints } from './shared-endpoints.ts';
import { sharesEndpoints } from './shares-endpoints.ts';
import { shutdownEndpoint } from './shutdown-endpoint.ts';
import { tokensEndpoints } from './tokens-endpoints.ts';
import { usageEndpoints } from './usage-endpoints.ts';
import { userEndpoints } from './user-endpoints.ts';
import { usersEndpoints } from './users-endpoints.ts';
import { volumesEndpoints } from './volumes-endpoints.ts';
import { whoamiEndpoint } from './whoami-endpoint.ts';

/** Every operation of the REST API, in the order in which paths are tried. */
export const endpoints: readonly Endpoint[] = [
  whoamiEndpoint,
  activityEndpoint,
  ...hubEndpoints,
  ...usersEndpoints,
  ...userEndpoints,
  ...serversEndpoints,
  ...limitsEndpoints,
  ...volumesEndpoints,
  ...imagesEndpoints,
  ...machinesEndpoints,
  ...environmentsEndpoints,
  ...keepEndpoints,
  ...usageEndpoints,
  ...tokensEndpoints,
  oauthTokenEndpoint,
  ...groupsEndpoints,
  ...servicesEndpoints,
  ...sharesEndpoints,
  ...shareCodesEndpoints,
  ...sharedEndpoints,
  ...proxyEndpoints,
  shutdownEndpoint,
  metricsEndpoint,
  ...deprecatedEndpoints,
  openapiEndpoint(() => endpoints),
];
