import { type UserActor } from '@/domain/actor';
import { MINUTE_MS } from '@/domain/durations';
import { getDb } from '@/server/db';
import { acceptPolicy } from '@/server/policy/accept-policy';
import { getPolicyInForce } from '@/server/policy/get-policy-in-force';
import { publishContent } from '@/server/content/publish-content';
import { closeCase } from '@/server/case/close-case';
import { openCase, type OpenCase } from '@/server/case/open-case';
import { requireNda } from '@/server/case/require-nda';
import { chooseNda } from '@/server/nda/choose-nda';
import { listFileRequests } from '@/server/file-request/list-file-requests';
import { makeFileRequest } from '@/server/file-request/make-file-request';
import { writeManualOutput } from '@/server/manual-output/write-manual-output';
import { proposeExtension } from '@/server/retention/propose-extension';
import { askForSharing } from '@/server/sharing/ask-for-sharing';
import { demoCatalinaLog, demoGcLog, demoNotGzip } from './demo-files';
import { countersignDemoNda, signDemoNda } from './demo-ndas';
import { type DemoPeople, makeDemoPeople } from './demo-people';
import { reserveDemoFile, sendDemoFile } from './send-demo-file';

type Details = Omit<OpenCase, 'actor' | 'now'>;
type Scene = { readonly people: DemoPeople; readonly now: Date };

/**
 * The demo: people of two organizations and of the vendor, and four cases in different stages, made by the same use cases
 * that everybody goes through, with files that are really sent. A run that was cut short is completed by the next; after a
 * complete one nothing is touched any more, so that what people did since stays. Needs the storage.
 */
export async function seedDemo({ now }: { now: Date }): Promise<void> {
  await publishContent({ now });
  if (await isComplete()) return;
  const people = await makeDemoPeople();
  const scene = { people, now };
  const before = (minutes: number) => new Date(now.getTime() - minutes * MINUTE_MS);
  const upgrade = await open(people.ada, before(26 * 60), UPGRADE);
  const memory = await open(people.ada, before(190), MEMORY);
  const exporting = await open(people.eve, before(95), EXPORT);
  await open(people.bo, before(12), LOGIN);
  await closeUpgrade(scene, upgrade);
  await sendForMemory(scene, memory);
  await writeAboutLogs(scene, memory);
  await askToShareLogs(scene, memory);
  await agreeWithExample(scene, memory);
  await askForExport(scene, exporting);
}

/** Support wrote down what the log shows, and proposes to keep it a few days longer. */
async function writeAboutLogs({ people: { sam }, now }: Scene, reference: string): Promise<void> {
  const { files, manualOutputs } = await getDb().case.findUniqueOrThrow({
    where: { reference },
    select: { manualOutputs: { select: { id: true } }, files: { where: { kind: 'component_log', encoding: 'raw', state: { in: ['stored', 'verified'] }, erasureOrderedAt: null }, orderBy: { reservedAt: 'asc' }, take: 1, select: { id: true } } },
  });
  const [file] = files;
  if (!file || manualOutputs.length > 0) return;
  await writeManualOutput({ actor: sam, now, fileId: file.id, title: 'Full collections from 02:10 on', body: 'From 02:10 on each full collection takes longer and frees less.\nIt fits a cache that only grows. A heap dump would show which one.\n' });
  await proposeExtension({ actor: sam, now, fileId: file.id, days: 3, reason: 'The heap dump comes next week, and we want to read both together.' });
}

/** Support asks to let a partner see what is found in the logs; nobody has decided yet. */
async function askToShareLogs({ people: { sam }, now }: Scene, reference: string): Promise<void> {
  const { files, sharingRequests } = await getDb().case.findUniqueOrThrow({
    where: { reference },
    select: { sharingRequests: { select: { id: true } }, files: { where: { kind: 'component_log', encoding: 'raw', state: { in: ['stored', 'verified'] }, erasureOrderedAt: null }, select: { id: true } } },
  });
  if (sharingRequests.length > 0 || files.length === 0) return;
  const { email } = await getDb().user.findFirstOrThrow({ where: { role: 'subcontractor', isDemo: true }, select: { email: true } });
  if (email) await askForSharing({ actor: sam, now, reference, recipientEmail: email, purpose: 'Kim wrote the collector of the order service and reads its pauses best.', fileIds: files.map(({ id }) => id), days: 14, withCaseNotes: false });
}

/** One agreement is in force. */
async function agreeWithExample({ people: { ada, alex }, now }: Scene, reference: string): Promise<void> {
  const agreementId = await signDemoNda({ actor: ada, now, reference, party: 'Example Customer Ltd', address: '2 Sample Road, Cork, Ireland', name: 'Ada Example', title: 'Head of Operations' });
  if (agreementId) await countersignDemoNda({ actor: alex, now, agreementId });
}

/** The request of the last case is the last thing that a run writes. */
async function isComplete(): Promise<boolean> {
  return (await getDb().fileRequest.count({ where: { case: { idempotencyKey: EXPORT.idempotencyKey } } })) > 0;
}

async function open(actor: UserActor, now: Date, details: Details): Promise<string> {
  return (await openCase({ actor, now, ...details })).reference;
}

async function accept(actor: UserActor, now: Date, reference: string): Promise<void> {
  const policy = await getPolicyInForce({ now });
  if (!policy) throw new Error('No policy is in force: publish the content first.');
  await acceptPolicy({ actor, now, reference, version: policy.version, sha256: policy.sha256 });
}

async function closeUpgrade({ people: { sam }, now }: Scene, reference: string): Promise<void> {
  await closeCase({ actor: sam, now, reference });
}

/** Two logs arrived, one arrived broken, one was left half-way, and support asks for the heap dump. */
async function sendForMemory({ people: { ada, bo, sam }, now }: Scene, reference: string): Promise<void> {
  await accept(ada, now, reference);
  await chooseNda({ actor: ada, now, reference, choice: 'without' });
  const asked = await listFileRequests({ actor: sam, reference });
  if (asked.length === 0) await makeFileRequest({ actor: sam, now, reference, kind: 'heap_dump', purpose: 'To see which objects fill the heap before the OutOfMemoryError, and what holds them.' });
  const file = { actor: ada, reference, kind: 'component_log' } as const;
  await sendDemoFile({ ...file, clientFileId: 'de300001-0000-4000-8000-000000000001', name: 'catalina.2026-11-27.log', content: demoCatalinaLog() });
  await sendDemoFile({ ...file, clientFileId: 'de300001-0000-4000-8000-000000000002', name: 'gc.log', content: demoGcLog() });
  await sendDemoFile({ ...file, actor: bo, clientFileId: 'de300001-0000-4000-8000-000000000003', name: 'localhost_access.log.gz', content: demoNotGzip(), encoding: 'gzip' });
  await reserveDemoFile({ ...file, kind: 'os_log', clientFileId: 'de300001-0000-4000-8000-000000000004', name: 'journal-2026-11-27.txt', content: demoGcLog(40_000) });
}

/** Support needs an NDA before anything is sent; it is signed for the customer and waits for the countersignature. */
async function askForExport({ people: { eve, sam }, now }: Scene, reference: string): Promise<void> {
  await accept(eve, now, reference);
  await requireNda({ actor: sam, now, reference });
  await signDemoNda({ actor: eve, now, reference, party: 'Other Customer ApS', address: '3 Prøvevej, Aarhus, Denmark', name: 'Eve Østergård', title: 'Chief Technology Officer' });
  const asked = await listFileRequests({ actor: sam, reference });
  if (asked.length === 0) await makeFileRequest({ actor: sam, now, reference, kind: 'database_backup', purpose: 'The rows of the tables ORDERS and EXPORT_JOB of that night, to repeat the export here. A backup of these two tables is enough.' });
}

const MEMORY: Details = {
  idempotencyKey: 'de300000-0000-4000-8000-000000000001',
  title: 'OutOfMemoryError about every second night',
  product: 'Example Server',
  productVersion: '8.3.1',
  environment: 'production',
  severity: 'high',
  description: 'Since the update to 8.3.1 the order service stops with java.lang.OutOfMemoryError: Java heap space, mostly between two and four in the morning.\nThe heap is 2 GiB. After a restart it runs for about two days. Nothing was changed in the load.',
};
const LOGIN: Details = {
  idempotencyKey: 'de300000-0000-4000-8000-000000000002',
  title: 'Login page answers slowly at eight in the morning',
  product: 'Example Server',
  productVersion: '8.3.1',
  environment: 'production',
  severity: 'normal',
  description: 'Between 08:00 and 08:20 the login page takes up to 30 seconds. Later in the day it is fast again.',
};
const EXPORT: Details = {
  idempotencyKey: 'de300000-0000-4000-8000-000000000003',
  title: 'Nightly export ends with a constraint violation',
  product: 'Example Exchange',
  productVersion: '4.0.12',
  environment: 'production',
  severity: 'critical',
  description: 'The export of orders stops after about 40,000 rows with a violation of a unique constraint. The receiving system has had no new orders since yesterday.',
};
const UPGRADE: Details = {
  idempotencyKey: 'de300000-0000-4000-8000-000000000004',
  title: 'Warning about the certificate after the upgrade',
  product: 'Example Server',
  productVersion: '8.3.0',
  environment: 'test',
  severity: 'low',
  description: 'The log holds a warning about the certificate at each start. Is it harmless?',
};
