import { z } from 'zod';
import { announcementRecord } from './records/announcement-record.ts';
import {
  credentialRecord,
  departureRecord,
  groupRecord,
  invitationRecord,
  sessionRecord,
  signUpRecord,
  userRecord,
} from './records/people-records.ts';
import { scheduleRunRecord, serverRecord } from './records/server-records.ts';
import { shareCodeRecord, shareRecord } from './records/share-records.ts';
import { environmentRecord, volumeHomeRecord } from './records/storage-records.ts';
import { clientRecord, codeRecord, serviceRecord, tokenRecord } from './records/token-records.ts';

// The document as it lies on the disk. Read back strictly: a hand-made mistake stops the start with its
// place, rather than being carried along or, worse, written over.

export const SCHEMA_VERSION = 5;

/** Every table as a list; which field is its key stands in {@link tables}. */
export const documentSchema = z.strictObject({
  schema: z.literal(SCHEMA_VERSION),
  users: z.array(userRecord),
  servers: z.array(serverRecord),
  sessions: z.array(sessionRecord),
  tokens: z.array(tokenRecord),
  clients: z.array(clientRecord),
  codes: z.array(codeRecord),
  credentials: z.array(credentialRecord),
  signUps: z.array(signUpRecord),
  invitations: z.array(invitationRecord),
  groups: z.array(groupRecord),
  services: z.array(serviceRecord),
  departures: z.array(departureRecord),
  announcements: z.array(announcementRecord),
  scheduleRuns: z.array(scheduleRunRecord),
  environments: z.array(environmentRecord),
  shares: z.array(shareRecord),
  shareCodes: z.array(shareCodeRecord),
  volumeHomes: z.array(volumeHomeRecord),
});

export type StoreDocument = z.infer<typeof documentSchema>;

export function emptyDocument(): StoreDocument {
  return {
    schema: SCHEMA_VERSION,
    users: [],
    servers: [],
    sessions: [],
    tokens: [],
    clients: [],
    codes: [],
    credentials: [],
    signUps: [],
    invitations: [],
    groups: [],
    services: [],
    departures: [],
    announcements: [],
    scheduleRuns: [],
    environments: [],
    shares: [],
    shareCodes: [],
    volumeHomes: [],
  };
}
