-- CreateEnum
CREATE TYPE "AnalysisState" AS ENUM ('queued', 'running', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "SharingState" AS ENUM ('asked', 'approved', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "Severity" AS ENUM ('critical', 'high', 'normal', 'low');

-- CreateEnum
CREATE TYPE "CaseEnvironment" AS ENUM ('production', 'staging', 'test', 'development');

-- CreateEnum
CREATE TYPE "CaseStatus" AS ENUM ('open', 'closed');

-- CreateEnum
CREATE TYPE "NdaChoice" AS ENUM ('undecided', 'without', 'sign_later');

-- CreateEnum
CREATE TYPE "FileKind" AS ENUM ('heap_dump', 'component_log', 'os_log', 'database_backup', 'other');

-- CreateEnum
CREATE TYPE "FileEncoding" AS ENUM ('raw', 'gzip');

-- CreateEnum
CREATE TYPE "FileState" AS ENUM ('requested', 'reserved', 'uploading', 'stored', 'verified', 'analysed', 'quarantined', 'abandoned', 'expired', 'erased');

-- CreateEnum
CREATE TYPE "FileRequestStatus" AS ENUM ('open', 'answered', 'withdrawn');

-- CreateEnum
CREATE TYPE "SegmentState" AS ENUM ('announced', 'stored');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('customer', 'support', 'data_admin', 'admin', 'subcontractor');

-- CreateEnum
CREATE TYPE "NdaScope" AS ENUM ('organization', 'case');

-- CreateEnum
CREATE TYPE "NdaAgreementState" AS ENUM ('draft', 'sent', 'signed', 'in_force', 'paper_pending', 'paper_on_file', 'declined', 'withdrawn', 'expired', 'ended');

-- CreateEnum
CREATE TYPE "SignatureParty" AS ENUM ('customer', 'vendor', 'portal_seal');

-- CreateEnum
CREATE TYPE "AuditActorKind" AS ENUM ('user', 'upload_key', 'system', 'anonymous');

-- CreateEnum
CREATE TYPE "NoticeState" AS ENUM ('queued', 'sent', 'dead');

-- CreateEnum
CREATE TYPE "RetentionSubject" AS ENUM ('raw_file', 'analysis_output', 'manual_output');

-- CreateEnum
CREATE TYPE "RetentionExtensionState" AS ENUM ('proposed', 'effective', 'objected', 'withdrawn');

-- CreateEnum
CREATE TYPE "ErasureState" AS ENUM ('ordered', 'running', 'done');

-- CreateTable
CREATE TABLE "AnalysisRun" (
    "id" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "analyser" TEXT NOT NULL,
    "state" "AnalysisState" NOT NULL DEFAULT 'queued',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AnalysisRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnalysisOutput" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "title" TEXT,
    "body" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnalysisOutput_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ManualOutput" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "title" TEXT,
    "body" TEXT,
    "objectKey" TEXT,
    "writtenById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ManualOutput_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SharingRequest" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "recipientEmail" TEXT,
    "recipientUserId" UUID,
    "purpose" TEXT NOT NULL,
    "state" "SharingState" NOT NULL DEFAULT 'asked',
    "askedById" UUID NOT NULL,
    "decidedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharingRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SharingRequestFile" (
    "sharingRequestId" UUID NOT NULL,
    "fileId" UUID NOT NULL,

    CONSTRAINT "SharingRequestFile_pkey" PRIMARY KEY ("sharingRequestId","fileId")
);

-- CreateTable
CREATE TABLE "RawAccessGrant" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "askedById" UUID NOT NULL,
    "approvedById" UUID,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RawAccessGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RawAccessGrantFile" (
    "grantId" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "RawAccessGrantFile_pkey" PRIMARY KEY ("grantId","fileId")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "organizationId" UUID NOT NULL,
    "openedById" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "productVersion" TEXT NOT NULL,
    "environment" "CaseEnvironment" NOT NULL,
    "severity" "Severity" NOT NULL,
    "description" TEXT NOT NULL,
    "status" "CaseStatus" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "ndaRequired" BOOLEAN NOT NULL DEFAULT false,
    "ndaChoice" "NdaChoice" NOT NULL DEFAULT 'undecided',
    "ndaChosenAt" TIMESTAMPTZ(3),
    "ndaChosenById" UUID,
    "idempotencyKey" UUID,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bodyMarkdown" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PolicyAcceptance" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "policyVersionId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "acceptedById" UUID NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PolicyAcceptance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FileRequest" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "FileKind" NOT NULL,
    "purpose" TEXT NOT NULL,
    "status" "FileRequestStatus" NOT NULL DEFAULT 'open',
    "requestedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FileRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DiagnosticFile" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "requestId" UUID,
    "name" TEXT,
    "safeName" TEXT,
    "kind" "FileKind" NOT NULL,
    "encoding" "FileEncoding" NOT NULL,
    "state" "FileState" NOT NULL,
    "stateReason" TEXT,
    "announcedSizeBytes" BIGINT,
    "segmentBytes" INTEGER NOT NULL,
    "isSingleObject" BOOLEAN NOT NULL,
    "segmentCount" INTEGER,
    "rawSizeBytes" BIGINT,
    "sizeBytes" BIGINT,
    "declaredRawSha256" TEXT,
    "rawSha256" TEXT,
    "sentByUserId" UUID,
    "sentByUploadKeyId" UUID,
    "reservedAt" TIMESTAMPTZ(3) NOT NULL,
    "uploadingAt" TIMESTAMPTZ(3),
    "storedAt" TIMESTAMPTZ(3),
    "verifiedAt" TIMESTAMPTZ(3),
    "stateAt" TIMESTAMPTZ(3) NOT NULL,
    "clientFileId" UUID,

    CONSTRAINT "DiagnosticFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Segment" (
    "id" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "objectKey" TEXT NOT NULL,
    "state" "SegmentState" NOT NULL DEFAULT 'announced',
    "rawSizeBytes" BIGINT NOT NULL,
    "rawSha256" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "versionId" TEXT,
    "announcedAt" TIMESTAMPTZ(3) NOT NULL,
    "storedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentAttempt" (
    "id" UUID NOT NULL,
    "segmentId" UUID NOT NULL,
    "rawSizeBytes" BIGINT NOT NULL,
    "rawSha256" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SegmentAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UploadKey" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "keyHash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "UploadKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Receipt" (
    "id" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "payload" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "name" TEXT,
    "role" "Role" NOT NULL DEFAULT 'customer',
    "organizationId" UUID,
    "isDemo" BOOLEAN NOT NULL DEFAULT false,
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditActor" (
    "id" UUID NOT NULL,
    "userId" UUID,

    CONSTRAINT "AuditActor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "device" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInToken" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "NdaTemplate" (
    "id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bodyMarkdown" TEXT NOT NULL,
    "requiresNewSignature" BOOLEAN NOT NULL DEFAULT false,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NdaTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NdaAgreement" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "scope" "NdaScope" NOT NULL,
    "caseId" UUID,
    "templateId" UUID NOT NULL,
    "state" "NdaAgreementState" NOT NULL DEFAULT 'draft',
    "document" BYTEA,
    "documentSha256" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inForceFrom" TIMESTAMPTZ(3),
    "inForceUntil" TIMESTAMPTZ(3),

    CONSTRAINT "NdaAgreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Signature" (
    "id" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "party" "SignatureParty" NOT NULL,
    "signedById" UUID,
    "signerName" TEXT,
    "signerTitle" TEXT,
    "signerEmail" TEXT,
    "certificatePem" TEXT,
    "documentSha256" TEXT NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actorKind" "AuditActorKind" NOT NULL,
    "actorId" TEXT,
    "organizationId" UUID,
    "caseId" UUID,
    "fileId" UUID,
    "data" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "userId" UUID,
    "address" TEXT,
    "caseId" UUID,
    "fileId" UUID,
    "data" JSONB NOT NULL,
    "state" "NoticeState" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkerHeartbeat" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WorkerHeartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionClock" (
    "id" UUID NOT NULL,
    "subject" "RetentionSubject" NOT NULL,
    "fileId" UUID,
    "analysisOutputId" UUID,
    "manualOutputId" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "periodDays" INTEGER NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RetentionClock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionExtension" (
    "id" UUID NOT NULL,
    "clockId" UUID NOT NULL,
    "days" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "RetentionExtensionState" NOT NULL DEFAULT 'proposed',
    "proposedById" UUID NOT NULL,
    "noticeId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "effectiveAt" TIMESTAMPTZ(3),
    "objectedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RetentionExtension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ErasureOrder" (
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "fileId" UUID,
    "state" "ErasureState" NOT NULL DEFAULT 'ordered',
    "orderedById" UUID NOT NULL,
    "orderedAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ErasureOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ErasureCertificate" (
    "id" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "payload" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ErasureCertificate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AnalysisRun_fileId_idx" ON "AnalysisRun"("fileId");

-- CreateIndex
CREATE INDEX "AnalysisOutput_fileId_idx" ON "AnalysisOutput"("fileId");

-- CreateIndex
CREATE INDEX "ManualOutput_caseId_idx" ON "ManualOutput"("caseId");

-- CreateIndex
CREATE INDEX "SharingRequest_caseId_idx" ON "SharingRequest"("caseId");

-- CreateIndex
CREATE INDEX "RawAccessGrant_caseId_idx" ON "RawAccessGrant"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Case_reference_key" ON "Case"("reference");

-- CreateIndex
CREATE INDEX "Case_organizationId_updatedAt_idx" ON "Case"("organizationId", "updatedAt");

-- CreateIndex
CREATE INDEX "Case_updatedAt_idx" ON "Case"("updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Case_openedById_idempotencyKey_key" ON "Case"("openedById", "idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "PolicyVersion_version_key" ON "PolicyVersion"("version");

-- CreateIndex
CREATE UNIQUE INDEX "PolicyAcceptance_caseId_policyVersionId_key" ON "PolicyAcceptance"("caseId", "policyVersionId");

-- CreateIndex
CREATE INDEX "FileRequest_caseId_idx" ON "FileRequest"("caseId");

-- CreateIndex
CREATE INDEX "DiagnosticFile_caseId_idx" ON "DiagnosticFile"("caseId");

-- CreateIndex
CREATE INDEX "DiagnosticFile_state_stateAt_idx" ON "DiagnosticFile"("state", "stateAt");

-- CreateIndex
CREATE UNIQUE INDEX "DiagnosticFile_caseId_clientFileId_key" ON "DiagnosticFile"("caseId", "clientFileId");

-- CreateIndex
CREATE UNIQUE INDEX "Segment_objectKey_key" ON "Segment"("objectKey");

-- CreateIndex
CREATE UNIQUE INDEX "Segment_fileId_index_key" ON "Segment"("fileId", "index");

-- CreateIndex
CREATE INDEX "SegmentAttempt_segmentId_idx" ON "SegmentAttempt"("segmentId");

-- CreateIndex
CREATE UNIQUE INDEX "UploadKey_keyHash_key" ON "UploadKey"("keyHash");

-- CreateIndex
CREATE INDEX "UploadKey_caseId_idx" ON "UploadKey"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Receipt_fileId_key" ON "Receipt"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "User_organizationId_idx" ON "User"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditActor_userId_key" ON "AuditActor"("userId");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "SignInToken_tokenHash_key" ON "SignInToken"("tokenHash");

-- CreateIndex
CREATE INDEX "SignInToken_expiresAt_idx" ON "SignInToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_organizationId_idx" ON "Invitation"("organizationId");

-- CreateIndex
CREATE INDEX "RateLimit_windowStart_idx" ON "RateLimit"("windowStart");

-- CreateIndex
CREATE UNIQUE INDEX "NdaTemplate_version_key" ON "NdaTemplate"("version");

-- CreateIndex
CREATE INDEX "NdaAgreement_organizationId_idx" ON "NdaAgreement"("organizationId");

-- CreateIndex
CREATE INDEX "NdaAgreement_caseId_idx" ON "NdaAgreement"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Signature_agreementId_party_key" ON "Signature"("agreementId", "party");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_hash_key" ON "AuditEvent"("hash");

-- CreateIndex
CREATE INDEX "AuditEvent_caseId_seq_idx" ON "AuditEvent"("caseId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_fileId_seq_idx" ON "AuditEvent"("fileId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_type_seq_idx" ON "AuditEvent"("type", "seq");

-- CreateIndex
CREATE INDEX "Notice_state_nextAttemptAt_idx" ON "Notice"("state", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "Notice_userId_createdAt_idx" ON "Notice"("userId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "RetentionClock_fileId_key" ON "RetentionClock"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "RetentionClock_analysisOutputId_key" ON "RetentionClock"("analysisOutputId");

-- CreateIndex
CREATE UNIQUE INDEX "RetentionClock_manualOutputId_key" ON "RetentionClock"("manualOutputId");

-- CreateIndex
CREATE INDEX "RetentionClock_endedAt_dueAt_idx" ON "RetentionClock"("endedAt", "dueAt");

-- CreateIndex
CREATE INDEX "RetentionExtension_clockId_idx" ON "RetentionExtension"("clockId");

-- CreateIndex
CREATE INDEX "ErasureOrder_caseId_idx" ON "ErasureOrder"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "ErasureCertificate_orderId_key" ON "ErasureCertificate"("orderId");

-- AddForeignKey
ALTER TABLE "AnalysisRun" ADD CONSTRAINT "AnalysisRun_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnalysisOutput" ADD CONSTRAINT "AnalysisOutput_runId_fkey" FOREIGN KEY ("runId") REFERENCES "AnalysisRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnalysisOutput" ADD CONSTRAINT "AnalysisOutput_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ManualOutput" ADD CONSTRAINT "ManualOutput_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SharingRequest" ADD CONSTRAINT "SharingRequest_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SharingRequestFile" ADD CONSTRAINT "SharingRequestFile_sharingRequestId_fkey" FOREIGN KEY ("sharingRequestId") REFERENCES "SharingRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SharingRequestFile" ADD CONSTRAINT "SharingRequestFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RawAccessGrant" ADD CONSTRAINT "RawAccessGrant_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RawAccessGrantFile" ADD CONSTRAINT "RawAccessGrantFile_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "RawAccessGrant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RawAccessGrantFile" ADD CONSTRAINT "RawAccessGrantFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_ndaChosenById_fkey" FOREIGN KEY ("ndaChosenById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyAcceptance" ADD CONSTRAINT "PolicyAcceptance_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyAcceptance" ADD CONSTRAINT "PolicyAcceptance_policyVersionId_fkey" FOREIGN KEY ("policyVersionId") REFERENCES "PolicyVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyAcceptance" ADD CONSTRAINT "PolicyAcceptance_acceptedById_fkey" FOREIGN KEY ("acceptedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FileRequest" ADD CONSTRAINT "FileRequest_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FileRequest" ADD CONSTRAINT "FileRequest_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "FileRequest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_sentByUserId_fkey" FOREIGN KEY ("sentByUserId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_sentByUploadKeyId_fkey" FOREIGN KEY ("sentByUploadKeyId") REFERENCES "UploadKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Segment" ADD CONSTRAINT "Segment_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentAttempt" ADD CONSTRAINT "SegmentAttempt_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UploadKey" ADD CONSTRAINT "UploadKey_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UploadKey" ADD CONSTRAINT "UploadKey_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Receipt" ADD CONSTRAINT "Receipt_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditActor" ADD CONSTRAINT "AuditActor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaAgreement" ADD CONSTRAINT "NdaAgreement_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaAgreement" ADD CONSTRAINT "NdaAgreement_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaAgreement" ADD CONSTRAINT "NdaAgreement_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "NdaTemplate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "NdaAgreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetentionClock" ADD CONSTRAINT "RetentionClock_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetentionClock" ADD CONSTRAINT "RetentionClock_analysisOutputId_fkey" FOREIGN KEY ("analysisOutputId") REFERENCES "AnalysisOutput"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetentionClock" ADD CONSTRAINT "RetentionClock_manualOutputId_fkey" FOREIGN KEY ("manualOutputId") REFERENCES "ManualOutput"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetentionExtension" ADD CONSTRAINT "RetentionExtension_clockId_fkey" FOREIGN KEY ("clockId") REFERENCES "RetentionClock"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasureOrder" ADD CONSTRAINT "ErasureOrder_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasureCertificate" ADD CONSTRAINT "ErasureCertificate_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ErasureOrder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
