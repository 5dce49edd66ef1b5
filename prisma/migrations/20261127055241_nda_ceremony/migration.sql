-- AlterTable
ALTER TABLE "NdaAgreement" ADD COLUMN     "contentSha256" TEXT,
ADD COLUMN     "noticeEmail" TEXT,
ADD COLUMN     "paperCopy" BYTEA,
ADD COLUMN     "paperSha256" TEXT,
ADD COLUMN     "paperType" TEXT,
ADD COLUMN     "partyAddress" TEXT,
ADD COLUMN     "partyName" TEXT,
ADD COLUMN     "readSha256" TEXT,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "sentAt" TIMESTAMPTZ(3),
ADD COLUMN     "signedAt" TIMESTAMPTZ(3),
ADD COLUMN     "startedInCaseId" UUID,
ADD COLUMN     "stateAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "Signature" ADD COLUMN     "appearance" TEXT,
ADD COLUMN     "timestampedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "NdaSignatory" (
    "id" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "userId" UUID,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "replacedAt" TIMESTAMPTZ(3),
    "linkHash" TEXT,
    "linkExpiresAt" TIMESTAMPTZ(3),
    "linkConsumedAt" TIMESTAMPTZ(3),
    "reminders" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "NdaSignatory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NdaSigningSession" (
    "id" UUID NOT NULL,
    "signatoryId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "codeHash" TEXT,
    "codeExpiresAt" TIMESTAMPTZ(3),
    "codeAttempts" INTEGER NOT NULL DEFAULT 0,
    "verifiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "NdaSigningSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NdaStandingApproval" (
    "id" UUID NOT NULL,
    "approvedById" UUID NOT NULL,
    "signerName" TEXT NOT NULL,
    "signerTitle" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "NdaStandingApproval_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NdaSignatory_linkHash_key" ON "NdaSignatory"("linkHash");

-- CreateIndex
CREATE INDEX "NdaSignatory_agreementId_idx" ON "NdaSignatory"("agreementId");

-- CreateIndex
CREATE UNIQUE INDEX "NdaSigningSession_tokenHash_key" ON "NdaSigningSession"("tokenHash");

-- CreateIndex
CREATE INDEX "NdaSigningSession_signatoryId_idx" ON "NdaSigningSession"("signatoryId");

-- CreateIndex
CREATE INDEX "NdaAgreement_state_stateAt_idx" ON "NdaAgreement"("state", "stateAt");

-- AddForeignKey
ALTER TABLE "NdaAgreement" ADD CONSTRAINT "NdaAgreement_startedInCaseId_fkey" FOREIGN KEY ("startedInCaseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaSignatory" ADD CONSTRAINT "NdaSignatory_agreementId_fkey" FOREIGN KEY ("agreementId") REFERENCES "NdaAgreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaSigningSession" ADD CONSTRAINT "NdaSigningSession_signatoryId_fkey" FOREIGN KEY ("signatoryId") REFERENCES "NdaSignatory"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaStandingApproval" ADD CONSTRAINT "NdaStandingApproval_approvedById_fkey" FOREIGN KEY ("approvedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One agreement under way for an organization, and one for a case.
CREATE UNIQUE INDEX "NdaAgreement_one_under_way_organization" ON "NdaAgreement" ("organizationId")
  WHERE "scope" = 'organization' AND "state" IN ('draft', 'sent', 'signed', 'paper_pending');
CREATE UNIQUE INDEX "NdaAgreement_one_under_way_case" ON "NdaAgreement" ("caseId")
  WHERE "scope" = 'case' AND "state" IN ('draft', 'sent', 'signed', 'paper_pending');
CREATE UNIQUE INDEX "NdaSignatory_one_current" ON "NdaSignatory" ("agreementId") WHERE "replacedAt" IS NULL;
CREATE UNIQUE INDEX "NdaStandingApproval_one_stands" ON "NdaStandingApproval" ((true)) WHERE "revokedAt" IS NULL;
-- A signature once made never changes.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Signature" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
