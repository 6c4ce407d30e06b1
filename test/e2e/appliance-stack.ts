import { StandInGitHub } from '../stand-ins/github.ts';
import { docker, Stack } from './stack.ts';

const PORT = 18_000;

/** The stack of the appliance's own tests: local accounts and a stand-in GitHub, `ana` on the userlist. */
export async function applianceStack(): Promise<{
  github: StandInGitHub;
  stack: Stack;
  link: string;
  output: string;
}> {
  // The engine's own bridge: the one address that this machine's browser and the hub's container both reach.
  const bridge = await docker(
    'network',
    'inspect',
    'bridge',
    '--format',
    '{{(index .IPAM.Config 0).Gateway}}',
  );
  const github = await StandInGitHub.listen(bridge === '' ? '172.17.0.1' : bridge);
  const stack = await Stack.make({
    name: 'berth-e2e',
    port: PORT,
    userlist: 'ana admin\n',
    settings: {
      GITHUB_CLIENT_ID: github.clientId,
      GITHUB_CLIENT_SECRET: github.clientSecret,
      OAUTH_CALLBACK_URL: `http://127.0.0.1:${PORT}/hub/oauth_callback`,
      GITHUB_URL: `http://${bridge === '' ? '172.17.0.1' : bridge}:${github.port}`,
      USERLIST_GRACE: '5',
      // Tags of its own: what else is built on this machine meanwhile does not touch this stack.
      BERTH_IMAGE: 'berth-e2e:latest',
      BERTH_PROXY_IMAGE: 'berth-e2e-proxy:latest',
    },
  });
  const output = await stack.up();
  return { github, stack, link: stack.link(output), output };
}
