import { makeGrant, makeSharing } from '@/prisma/seed/access';
import { makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { viewShared } from '@/server/sharing/view-shared';

export type AccessGallery = { readonly subcontractor: SeedUser; readonly dataAdmin: SeedUser; readonly sharingId: string };

const HISTOGRAM = ['Class                                Instances        Bytes', 'byte[]                               4,211,908  512,300,112', 'com.example.cache.Entry<K, V>        3,998,100  191,908,800', `${'a.very.long.package.name.'.repeat(8)}Type  12  384`].join('\n');

async function addResult(fileId: string, title: string, body: string): Promise<void> {
  const now = new Date();
  const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'heap-histogram', state: 'done' } });
  const { id } = await getDb().analysisOutput.create({ data: { fileId, runId: run.id, title, body, createdAt: now } });
  await getDb().retentionClock.create({ data: { subject: 'analysis_output', analysisOutputId: id, startedAt: now, periodDays: 30, dueAt: new Date(now.getTime() + 30 * 24 * 60 * 60 * 1000) } });
}

/** Sharing and raw access in the states that look different, in one case. */
export async function fillAccess({ customer, support, reference }: { customer: SeedUser; support: SeedUser; reference: string }): Promise<AccessGallery> {
  const { id: caseId, files } = await getDb().case.findUniqueOrThrow({ where: { reference }, select: { id: true, files: { where: { state: { in: ['verified', 'analysed', 'stored'] } }, select: { id: true } } } });
  const fileIds = files.map(({ id }) => id);
  const [first = ''] = fileIds;
  const [subcontractor, dataAdmin, second] = [await makeUser({ role: 'subcontractor', name: 'Suri Subcontractor' }), await makeStaff('data_admin'), await makeStaff('data_admin')];
  await addResult(first, 'Heap histogram', HISTOGRAM);
  await addResult(first, 'سجل', 'x'.repeat(400));
  const longAddress = `${'a-long-name-'.repeat(5)}@${'a-long-domain-'.repeat(8)}.example.test`;
  await makeSharing({ caseId, askedBy: support, fileIds: fileIds.slice(0, 1), recipientEmail: longAddress, withCaseNotes: true });
  await makeSharing({ caseId, askedBy: support, fileIds: fileIds.slice(0, 1), state: 'withdrawn' });
  const { id: sharingId } = await makeSharing({ caseId, askedBy: support, fileIds, recipient: subcontractor, decidedBy: customer, state: 'approved', withCaseNotes: true });
  await viewShared({ actor: subcontractor.actor, now: new Date(), sharingId });
  await makeGrant({ caseId, askedBy: second, fileIds: fileIds.slice(0, 1) });
  await makeGrant({ caseId, askedBy: dataAdmin, approvedBy: second, fileIds, state: 'revoked' });
  const { id: grantId } = await makeGrant({ caseId, askedBy: dataAdmin, approvedBy: second, fileIds, state: 'granted' });
  await getDb().rawAccessGrantFile.updateMany({ where: { grantId, fileId: first }, data: { readAt: new Date(), readEndedAt: new Date(), deliveredBytes: 123_456_789n, isWhole: false } });
  return { subcontractor, dataAdmin, sharingId };
}
