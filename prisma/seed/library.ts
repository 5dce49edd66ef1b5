import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type UserActor } from '@/domain/actor';
import { makeCaseReference, REFERENCE_ENTROPY_BYTES } from '@/domain/case-reference';
import { type CaseEnvironment, type Severity } from '@/domain/cases';
import { DAY_MS } from '@/domain/durations';
import { type FileKind } from '@/domain/file-kinds';
import { safeFileName } from '@/domain/file-name';
import { type FileState } from '@/domain/file-states';
import { DEFAULT_SEGMENT_BYTES } from '@/domain/limits';
import { type NdaState } from '@/domain/nda-agreement';
import { dueDate, RETENTION_DAYS } from '@/domain/retention';
import { type Role } from '@/domain/roles';
import { getDb } from '@/server/db';

/**
 * The one seed library: rows for the demo data and for tests, written as they stand, without permissions, audit events
 * or notices. What has to go through the rules goes through a use case instead.
 */
export type SeedOrganization = { readonly id: string; readonly name: string };
export type SeedUser = { readonly id: string; readonly email: string; readonly name: string; readonly role: Role; readonly organizationId: string | null; readonly actor: UserActor };
export type SeedCase = { readonly id: string; readonly reference: string; readonly organizationId: string };

const unique = () => randomBytes(5).toString('hex');

export async function makeOrganization({ name = `Organization ${unique()}` }: { name?: string } = {}): Promise<SeedOrganization> {
  return getDb().organization.create({ data: { name }, select: { id: true, name: true } });
}

/** A person with a pseudonym. `actor` is what use cases take; its session has no row until `makeSession` gives it one. */
export async function makeUser(options: { email?: string; name?: string; role?: Role; organizationId?: string | null; isDemo?: boolean; disabledAt?: Date | null } = {}): Promise<SeedUser> {
  const { role = 'customer', organizationId = null, isDemo = false, disabledAt = null } = options;
  const email = options.email ?? `person-${unique()}@example.test`;
  const name = options.name ?? 'Test Person';
  const row = await getDb().user.create({
    data: { email, name, role, organizationId, isDemo, disabledAt, auditActor: { create: {} } },
    select: { id: true, auditActor: { select: { id: true } } },
  });
  if (!row.auditActor) throw new Error('The user has no pseudonym.');
  const actor: UserActor = { kind: 'user', userId: row.id, pseudonym: row.auditActor.id, role, organizationId, sessionId: randomUUID() };
  return { id: row.id, email, name, role, organizationId, actor };
}

/** A customer in an organization of their own, unless one is named. */
export async function makeCustomer(options: { organizationId?: string; email?: string; name?: string; isDemo?: boolean } = {}): Promise<SeedUser & { readonly organizationId: string }> {
  const organizationId = options.organizationId ?? (await makeOrganization()).id;
  return { ...(await makeUser({ ...options, role: 'customer', organizationId })), organizationId };
}

export async function makeStaff(role: 'support' | 'data_admin' | 'admin' = 'support'): Promise<SeedUser> {
  return makeUser({ role, name: 'Staff Person' });
}

/** The session row that a signed-in browser has; its id is the one of `user.actor`. */
export async function makeSession(user: SeedUser, options: { now?: Date; expiresAt?: Date; device?: string; revokedAt?: Date | null } = {}): Promise<{ id: string }> {
  const now = options.now ?? new Date();
  return getDb().session.create({
    data: {
      id: user.actor.sessionId,
      userId: user.id,
      device: options.device ?? 'Chrome on Linux',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: options.expiresAt ?? new Date(now.getTime() + 7 * DAY_MS),
      revokedAt: options.revokedAt ?? null,
    },
    select: { id: true },
  });
}

export type MakeCaseOptions = {
  openedBy: SeedUser;
  title?: string;
  product?: string;
  productVersion?: string;
  environment?: CaseEnvironment;
  severity?: Severity;
  description?: string;
  ndaRequired?: boolean;
  ndaChoice?: 'undecided' | 'without' | 'sign_later';
  status?: 'open' | 'closed';
  now?: Date;
};

/** A case of the organization of `openedBy`. */
export async function makeCase(options: MakeCaseOptions): Promise<SeedCase> {
  const { openedBy, now = new Date(), status = 'open', ndaChoice = 'undecided' } = options;
  if (openedBy.organizationId === null) throw new Error('makeCase needs a person with an organization.');
  return getDb().case.create({
    data: {
      reference: makeCaseReference(randomBytes(REFERENCE_ENTROPY_BYTES)),
      organizationId: openedBy.organizationId,
      openedById: openedBy.id,
      title: options.title ?? 'Out of memory after two days',
      product: options.product ?? 'Example Server',
      productVersion: options.productVersion ?? '8.3.1',
      environment: options.environment ?? 'production',
      severity: options.severity ?? 'high',
      description: options.description ?? 'The service stops with OutOfMemoryError about every second day.',
      status,
      closedAt: status === 'closed' ? now : null,
      ndaRequired: options.ndaRequired ?? false,
      ndaChoice,
      ndaChosenAt: ndaChoice === 'undecided' ? null : now,
      ndaChosenById: ndaChoice === 'undecided' ? null : openedBy.id,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true, reference: true, organizationId: true },
  });
}

export type SeedVersion = { readonly id: string; readonly version: string; readonly sha256: string };

/** A policy version, published unless it is there already. In force is the newest by `publishedAt`. */
export async function makePolicyVersion({ version = '1.0', publishedAt = new Date('2026-01-01T00:00:00Z'), body = `Policy ${version}` }: { version?: string; publishedAt?: Date; body?: string } = {}): Promise<SeedVersion> {
  const sha256 = createHash('sha256').update(body).digest('hex');
  const select = { id: true, version: true, sha256: true } as const;
  const known = await getDb().policyVersion.findUnique({ where: { version }, select });
  return known ?? getDb().policyVersion.create({
    data: { version, title: 'Diagnostic data policy', summary: 'What happens to what you send.', sha256, bodyMarkdown: body, publishedAt },
    select,
  });
}

/** An NDA template version, published unless it is there already. */
export async function makeNdaTemplate({ version = '1.0', publishedAt = new Date('2026-01-01T00:00:00Z') }: { version?: string; publishedAt?: Date } = {}): Promise<SeedVersion> {
  const body = `NDA ${version}`;
  const sha256 = createHash('sha256').update(body).digest('hex');
  const select = { id: true, version: true, sha256: true } as const;
  const known = await getDb().ndaTemplate.findUnique({ where: { version }, select });
  return known ?? getDb().ndaTemplate.create({
    data: { version, title: 'Mutual non-disclosure agreement', summary: 'Both sides keep what they learn to themselves.', sha256, bodyMarkdown: body, publishedAt },
    select,
  });
}

/** Accepts the newest policy version for a case; publishes version 1.0 where there is none. */
export async function acceptPolicy({ caseId, by, now = new Date() }: { caseId: string; by: SeedUser; now?: Date }): Promise<SeedVersion> {
  const newest = await getDb().policyVersion.findFirst({ where: { publishedAt: { lte: now } }, orderBy: { publishedAt: 'desc' }, select: { id: true, version: true, sha256: true } });
  const inForce = newest ?? (await makePolicyVersion());
  await getDb().policyAcceptance.create({ data: { caseId, policyVersionId: inForce.id, sha256: inForce.sha256, acceptedById: by.id, acceptedAt: now } });
  return inForce;
}

/** A customer with a case that may send: the policy in force is accepted, and they went on without an NDA. */
export async function makeReadyCase(options: Omit<MakeCaseOptions, 'openedBy'> & { openedBy?: SeedUser } = {}): Promise<{ customer: SeedUser; case: SeedCase }> {
  const customer = options.openedBy ?? (await makeCustomer());
  const made = await makeCase({ ndaChoice: 'without', ...options, openedBy: customer });
  await acceptPolicy({ caseId: made.id, by: customer, now: options.now });
  return { customer, case: made };
}

/** An agreement in force that covers an organization, or one case of it. */
export async function makeNdaInForce({ organizationId, caseId = null, by, now = new Date() }: { organizationId: string; caseId?: string | null; by: SeedUser; now?: Date }): Promise<{ id: string }> {
  const template = await makeNdaTemplate();
  return getDb().ndaAgreement.create({
    data: { organizationId, caseId, scope: caseId === null ? 'organization' : 'case', templateId: template.id, state: 'in_force', createdById: by.id, createdAt: now, inForceFrom: now },
    select: { id: true },
  });
}

/** An agreement in any state, with its signatory; `document` stands for the PDF where it was signed, and for the copy where it is on paper. */
export async function makeAgreement(options: { organizationId: string; by: SeedUser; state: NdaState; caseId?: string | null; startedInCaseId?: string | null; partyName?: string; signatory?: { name: string; title: string; email: string }; document?: Uint8Array; reason?: string; now?: Date }): Promise<{ id: string; signatoryId: string }> {
  const { organizationId, by, state, caseId = null, now = new Date(), document } = options;
  const template = await makeNdaTemplate();
  const isPaper = state === 'paper_pending' || state === 'paper_on_file';
  const isSigned = state === 'signed' || state === 'in_force';
  const bytes = document ? new Uint8Array(document) : null;
  const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
  const signatory = options.signatory ?? { name: 'Sia Signatory', title: 'Managing Director', email: `signatory-${unique()}@example.test` };
  const row = await getDb().ndaAgreement.create({
    data: {
      organizationId, caseId, startedInCaseId: options.startedInCaseId ?? caseId, scope: caseId === null ? 'organization' : 'case', templateId: template.id, state, stateAt: now, createdById: by.id, createdAt: now, reason: options.reason ?? null,
      partyName: options.partyName ?? 'Example Customer Ltd', partyAddress: '2 Sample Road, Cork, Ireland', noticeEmail: signatory.email, sentAt: state === 'draft' || isPaper ? null : now, signedAt: isSigned ? now : null,
      inForceFrom: state === 'in_force' || state === 'paper_on_file' ? now : null, inForceUntil: state === 'in_force' || state === 'paper_on_file' ? new Date(now.getTime() + 730 * DAY_MS) : null,
      ...(isPaper ? { paperCopy: bytes, paperType: 'application/pdf', paperSha256: sha256 } : { document: bytes, documentSha256: sha256 }),
      signatories: { create: { ...signatory, createdAt: now } },
      ...(isSigned && sha256 ? { signatures: { create: { party: 'customer' as const, signerName: signatory.name, signerTitle: signatory.title, signerEmail: signatory.email, appearance: 'typed', documentSha256: sha256, signedAt: now } } } : {}),
    },
    select: { id: true, signatories: { select: { id: true } } },
  });
  return { id: row.id, signatoryId: row.signatories[0]?.id ?? '' };
}

/** The secret of a browser that may sign: the value of its signing cookie. */
export async function makeSigningSession({ signatoryId, isVerified, now = new Date() }: { signatoryId: string; isVerified: boolean; now?: Date }): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await getDb().ndaSigningSession.create({ data: { signatoryId, tokenHash: createHash('sha256').update(token).digest('hex'), createdAt: now, expiresAt: new Date(now.getTime() + DAY_MS), verifiedAt: isVerified ? now : null } });
  return token;
}

export async function makeFileRequest({ caseId, by, kind = 'heap_dump', purpose = 'To see which objects fill the memory.', now = new Date() }: { caseId: string; by: SeedUser; kind?: FileKind; purpose?: string; now?: Date }): Promise<{ id: string }> {
  return getDb().fileRequest.create({ data: { caseId, kind, purpose, requestedById: by.id, createdAt: now }, select: { id: true } });
}

/** A file row in any state, with its retention clock where the state has one. Nothing is put into storage. */
export async function makeFile(options: { caseId: string; by?: SeedUser; state?: FileState; stateReason?: string | null; name?: string; kind?: FileKind; sizeBytes?: number; requestId?: string; now?: Date }): Promise<{ id: string }> {
  const { caseId, state = 'reserved', name = 'java_pid4711.hprof', kind = 'heap_dump', sizeBytes = 1024, now = new Date() } = options;
  const isHeld = state === 'stored' || state === 'verified' || state === 'analysed' || state === 'quarantined';
  const isGone = state === 'expired' || state === 'erased';
  const periodDays = RETENTION_DAYS.raw_file;
  return getDb().diagnosticFile.create({
    data: {
      caseId,
      name: isGone ? null : name,
      safeName: isGone ? null : safeFileName(name),
      kind,
      encoding: 'raw',
      state,
      stateReason: options.stateReason ?? (state === 'quarantined' ? 'not_gzip' : null),
      announcedSizeBytes: BigInt(sizeBytes),
      segmentBytes: DEFAULT_SEGMENT_BYTES,
      isSingleObject: sizeBytes <= DEFAULT_SEGMENT_BYTES,
      segmentCount: isHeld ? Math.max(1, Math.ceil(sizeBytes / DEFAULT_SEGMENT_BYTES)) : null,
      rawSizeBytes: isHeld ? BigInt(sizeBytes) : null,
      sizeBytes: isHeld ? BigInt(Math.max(1, Math.floor(sizeBytes / 3))) : null,
      sentByUserId: options.by?.id ?? null,
      requestId: options.requestId ?? null,
      reservedAt: now,
      uploadingAt: state === 'reserved' ? null : now,
      storedAt: isHeld || isGone ? now : null,
      verifiedAt: state === 'verified' || state === 'analysed' ? now : null,
      stateAt: now,
      ...(isHeld ? { clock: { create: { subject: 'raw_file' as const, startedAt: now, periodDays, dueAt: dueDate(now, periodDays) } } } : {}),
    },
    select: { id: true },
  });
}
