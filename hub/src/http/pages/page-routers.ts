import type Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { acceptShareRouter } from './accept-share.ts';
import { accountRouter } from './account.ts';
import { adminRouter } from './admin.ts';
import { announcementsRouter } from './announcements.ts';
import { appearanceRouter } from './appearance.ts';
import { auditRouter } from './audit.ts';
import { backchannelLogoutRouter } from './backchannel-logout.ts';
import { dropSecondStepRouter } from './drop-second-step.ts';
import { environmentsRouter } from './environments.ts';
import { errorTargetRouter } from './error-target.ts';
import { groupsRouter } from './groups.ts';
import { guardRouter } from './guard.ts';
import { guardRenewRouter } from './guard-renew.ts';
import { healthRouter } from './health.ts';
import { homeRouter } from './home.ts';
import { imagesRouter } from './images.ts';
import { invitationsRouter } from './invitations.ts';
import { inviteUserRouter } from './invite-user.ts';
import { keepRouter } from './keep.ts';
import { limitsRouter } from './limits.ts';
import { loginRouter } from './login.ts';
import { logoutRouter } from './logout.ts';
import { machinesRouter } from './machines.ts';
import { oauthRouter } from './oauth.ts';
import { openPortRouter } from './open-port.ts';
import { outsideRouter } from './outside.ts';
import { profilesRouter } from './profiles.ts';
import { progressRouter } from './progress-stream.ts';
import { removeUserRouter } from './remove-user.ts';
import { schedulesRouter } from './schedules.ts';
import { serversRouter } from './servers.ts';
import { servicesRouter } from './services.ts';
import { sessionsRouter } from './sessions.ts';
import { setupRouter } from './setup.ts';
import { shareRouter } from './share.ts';
import { signUpRouter } from './sign-up.ts';
import { spawnRouter } from './spawn.ts';
import { spawnPendingRouter } from './spawn-pending.ts';
import { staticRouter } from './static.ts';
import { stopRouter } from './stop.ts';
import { stopServersRouter } from './stop-servers.ts';
import { tokenRouter } from './token.ts';
import { usageRouter } from './usage.ts';
import { userRedirectRouter } from './user-redirect.ts';
import { userServerRouter } from './user-server.ts';
import { volumesRouter } from './volumes.ts';
import { waitingRouter } from './waiting.ts';

/** What asks nobody who they are. */
export function openRouters(hub: Hub): readonly Router<HubState>[] {
  return [
    staticRouter,
    healthRouter,
    errorTargetRouter,
    outsideRouter,
    backchannelLogoutRouter,
    guardRenewRouter,
  ].map((make) => make(hub));
}

/** What runs behind session, form and `_xsrf`. Each page asks for sign-in and rights itself. */
export function pageRouters(hub: Hub): readonly Router<HubState>[] {
  return [
    loginRouter,
    logoutRouter,
    setupRouter,
    signUpRouter,
    accountRouter,
    oauthRouter,
    homeRouter,
    spawnRouter,
    spawnPendingRouter,
    progressRouter,
    stopRouter,
    keepRouter,
    openPortRouter,
    shareRouter,
    acceptShareRouter,
    schedulesRouter,
    guardRouter,
    userServerRouter,
    userRedirectRouter,
    tokenRouter,
    adminRouter,
    serversRouter,
    stopServersRouter,
    usageRouter,
    profilesRouter,
    limitsRouter,
    volumesRouter,
    imagesRouter,
    machinesRouter,
    environmentsRouter,
    removeUserRouter,
    inviteUserRouter,
    dropSecondStepRouter,
    waitingRouter,
    sessionsRouter,
    groupsRouter,
    invitationsRouter,
    servicesRouter,
    announcementsRouter,
    auditRouter,
    appearanceRouter,
  ].map((make) => make(hub));
}
