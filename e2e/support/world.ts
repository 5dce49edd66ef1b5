import { randomBytes, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { type ReceiptPayload } from '@/domain/receipt';
import { makeGrant, makeSharing, tellOfGrant } from '@/prisma/seed/access';
import { acceptPolicy, makeAgreement, makeCase, makeCustomer, makeFile, makeFileRequest, makeOrganization, makeReadyCase, makeSession, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { sessionCookie } from '@/server/auth/session-cookie';
import { randomToken, sha256Hex } from '@/server/crypto/secrets';
import { getDb } from '@/server/db';
import { getAuthSecret } from '@/server/env';
import { writeManualOutput } from '@/server/manual-output/write-manual-output';
import { keyHint, makeKeySecret } from '@/server/upload-key/key-format';
import { CANARY, canaryAddress } from './canary';
import { baseUrl } from './environment';
import { plantRawCanary, type RawCanary } from './raw-canary';
import { makeDraftBy } from './nda-draft';
import { makeErasedOrder } from './erased-order';
import { type Key, type Person } from './who-knocks';

/** One case with all that hangs on it, and one person of each kind. */
export type World = {
  readonly reference: string;
  readonly caseId: string;
  /** Verified, with a receipt. */
  readonly fileId: string;
  /** Reserved by the owner; nothing was sent yet. */
  readonly openFileId: string;
  readonly requestId: string;
  /** A held file of the owner with two proposed extensions, and a result of support about it. */
  readonly retention: { readonly fileId: string; readonly toObject: string; readonly toWithdraw: string; readonly outputId: string };
  /** Verified; its erasure may be ordered. */
  readonly spareFileId: string;
  /** Done, with a certificate. */
  readonly orderId: string;
  readonly invitationId: string;
  /** An upload key of the case that nobody sends with. */
  readonly spareKeyId: string;
  readonly foreignSessionId: string;
  readonly otherStaffId: string;
  /** A notice to the owner that was given up. */
  readonly failedNoticeId: string;
  /** In force for the owner's organization, with a file and a paper copy. */
  readonly agreementId: string;
  /** A paper copy of somebody else, under review. */
  readonly paperAgreementId: string;
  /** A draft of the NDA template. */
  readonly draftId: string;
  readonly policy: { readonly version: string; readonly sha256: string };
  readonly access: WorldAccess;
  /** What lies in storage for `fileId`. */
  readonly rawCanary: RawCanary;
  readonly cookies: Readonly<Record<Person, string | undefined>>;
  readonly keys: Readonly<Record<Key, string>>;
};

async function cookieOf(user: SeedUser): Promise<string> {
  const session = await makeSession(user);
  return `${sessionCookie().name}=${await encode({ token: { sid: session.id }, secret: getAuthSecret(), maxAge: 3600 })}`;
}

async function makeKey(caseId: string, createdById: string): Promise<{ id: string; key: string }> {
  const key = makeKeySecret();
  const { id } = await getDb().uploadKey.create({ data: { caseId, keyHash: sha256Hex(key), hint: keyHint(key), createdById, expiresAt: new Date(Date.now() + 3_600_000) } });
  return { id, key };
}

/** A receipt as the worker writes it; its signature is none, which nobody who only opens the page can tell. */
function receiptOf(fileId: string, caseReference: string): ReceiptPayload {
  const at = new Date().toISOString();
  const hash = sha256Hex('');
  return {
    type: 'airlock-receipt', version: 1, receiptId: randomUUID(), vendor: 'Example Software', portalUrl: baseUrl, caseReference, fileId, kind: 'heap_dump', encoding: 'raw',
    rawSha256: hash, rawSizeBytes: 1024, sizeBytes: 341, segmentBytes: 33_554_432, segments: [{ index: 1, rawSizeBytes: 1024, rawSha256: hash, sizeBytes: 341, sha256: hash }],
    reservedAt: at, storedAt: at, verifiedAt: at, issuedAt: at, retentionDays: 7, dueAt: at, keyId: 'test',
  };
}

/** Sharing with the subcontractor, and raw access for the data administrator, each in the states that the matrix needs. */
type WorldAccess = {
  readonly sharing: Readonly<Record<'shared' | 'toApprove' | 'toRefuse' | 'toWithdraw', string>>;
  readonly grants: Readonly<Record<'readable' | 'toGrant' | 'toRefuse' | 'toClaim', string>>;
};
type AccessPeople = { readonly owner: SeedUser; readonly support: SeedUser; readonly subcontractor: SeedUser; readonly dataAdmin: SeedUser };

async function makeAccess(made: { id: string; reference: string }, fileId: string, { owner, support, subcontractor, dataAdmin }: AccessPeople): Promise<WorldAccess> {
  const about = { caseId: made.id, fileIds: [fileId] };
  const asked = async () => (await makeSharing({ ...about, askedBy: support })).id;
  const colleague = await makeStaff('data_admin');
  const granted = async (claimedAt?: Date) => {
    const { id } = await makeGrant({ ...about, askedBy: dataAdmin, approvedBy: colleague, state: 'granted', claimedAt });
    await tellOfGrant({ grantId: id, caseId: made.id, reference: made.reference, customer: owner });
    return id;
  };
  const grantAsked = async () => (await makeGrant({ ...about, askedBy: colleague })).id;
  return {
    sharing: { shared: (await makeSharing({ ...about, askedBy: support, recipient: subcontractor, decidedBy: owner, state: 'approved' })).id, toApprove: await asked(), toRefuse: await asked(), toWithdraw: await asked() },
    // Announced for as long as the tests take.
    grants: { readable: await granted(new Date(Date.now() + 3_600_000)), toGrant: await grantAsked(), toRefuse: await grantAsked(), toClaim: await granted() },
  };
}

async function makeRetention(caseId: string, owner: SeedUser, support: SeedUser): Promise<World['retention']> {
  const { id: fileId } = await makeFile({ caseId, by: owner, state: 'verified' });
  const { id: clockId } = await getDb().retentionClock.findUniqueOrThrow({ where: { fileId } });
  const propose = async () => (await getDb().retentionExtension.create({ data: { clockId, days: 1, reason: 'The analysis takes longer.', proposedById: support.id }, select: { id: true } })).id;
  const { outputId } = await writeManualOutput({ actor: support.actor, now: new Date(), fileId, title: 'One cache', body: 'It holds the heap.' });
  return { fileId, toObject: await propose(), toWithdraw: await propose(), outputId };
}

/** Makes a world of its own, so that tests do not see each other's rows. */
export async function makeWorld(): Promise<World> {
  const db = getDb();
  const { id: organizationId } = await makeOrganization({ name: `Organization ${CANARY}` });
  const owner = await makeCustomer({ name: `Owner ${CANARY}`, email: canaryAddress('owner'), organizationId });
  const { case: made } = await makeReadyCase({ openedBy: owner, title: `Title ${CANARY}`, description: `Description ${CANARY}` });
  const file = await makeFile({ caseId: made.id, by: owner, state: 'verified' });
  await db.receipt.create({ data: { fileId: file.id, payload: JSON.stringify(receiptOf(file.id, made.reference)), signature: randomBytes(64).toString('base64'), keyId: 'test', issuedAt: new Date() } });
  const openFile = await makeFile({ caseId: made.id, by: owner, state: 'reserved', sizeBytes: 10, name: `${CANARY}-open.log` });
  const support = await makeStaff('support');
  const request = await makeFileRequest({ caseId: made.id, by: support });
  const invitation = await db.invitation.create({
    data: { organizationId: owner.organizationId, email: canaryAddress('invited'), tokenHash: sha256Hex(randomToken()), invitedById: owner.id, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  const stranger = await makeCustomer({ name: 'Stranger' });
  const otherCase = await makeCase({ openedBy: stranger });
  const policy = await acceptPolicy({ caseId: otherCase.id, by: stranger });
  const document = Buffer.from('%PDF-1.7');
  const agreement = await makeAgreement({ organizationId: owner.organizationId, by: owner, state: 'in_force', document });
  await db.ndaAgreement.update({ where: { id: agreement.id }, data: { paperCopy: document, paperType: 'application/pdf', paperSha256: sha256Hex(document) } });
  const bystander = await makeCustomer({ name: 'Bystander' });
  const [dataAdmin, subcontractor] = [await makeStaff('data_admin'), await makeUser({ role: 'subcontractor' })];
  return {
    reference: made.reference,
    caseId: made.id,
    fileId: file.id,
    openFileId: openFile.id,
    requestId: request.id,
    retention: await makeRetention(made.id, owner, support),
    spareFileId: (await makeFile({ caseId: made.id, by: owner, state: 'verified' })).id,
    orderId: (await makeErasedOrder({ caseId: made.id, reference: made.reference, by: owner })).orderId,
    invitationId: invitation.id,
    agreementId: agreement.id,
    paperAgreementId: (await makeAgreement({ organizationId: bystander.organizationId, by: bystander, state: 'paper_pending', document })).id,
    draftId: await makeDraftBy(await makeStaff('admin')),
    spareKeyId: (await makeKey(made.id, owner.id)).id,
    foreignSessionId: (await makeSession(bystander)).id,
    otherStaffId: (await makeStaff('support')).id,
    failedNoticeId: (await db.notice.create({ data: { kind: 'case_opened', userId: owner.id, caseId: made.id, state: 'dead', attempts: 8, lastError: 'smtp_550', data: { reference: made.reference } } })).id,
    policy,
    access: await makeAccess(made, file.id, { owner, support, subcontractor, dataAdmin }),
    rawCanary: await plantRawCanary({ reference: made.reference, fileId: file.id }),
    cookies: {
      anonymous: undefined,
      newcomer: await cookieOf(await makeUser({ role: 'customer' })),
      owner: await cookieOf(owner),
      colleague: await cookieOf(await makeCustomer({ organizationId: owner.organizationId })),
      stranger: await cookieOf(stranger),
      support: await cookieOf(support),
      data_admin: await cookieOf(dataAdmin),
      admin: await cookieOf(await makeStaff('admin')),
      subcontractor: await cookieOf(subcontractor),
    },
    keys: { key_of_case: (await makeKey(made.id, owner.id)).key, key_of_other_case: (await makeKey(otherCase.id, stranger.id)).key },
  };
}
