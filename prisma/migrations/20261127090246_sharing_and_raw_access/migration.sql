-- CreateEnum
CREATE TYPE "RawAccessState" AS ENUM ('asked', 'granted', 'refused', 'revoked', 'ended');

-- AlterEnum
ALTER TYPE "SharingState" ADD VALUE 'ended';

-- AlterTable
ALTER TABLE "RawAccessGrant" ADD COLUMN     "endedBecause" TEXT,
ADD COLUMN     "hours" INTEGER NOT NULL,
ADD COLUMN     "state" "RawAccessState" NOT NULL DEFAULT 'asked',
ADD COLUMN     "stateAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "RawAccessGrantFile" ADD COLUMN     "claimedAt" TIMESTAMPTZ(3),
ADD COLUMN     "deliveredBytes" BIGINT,
ADD COLUMN     "isWhole" BOOLEAN,
ADD COLUMN     "readEndedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SharingRequest" ADD COLUMN     "endedBecause" TEXT,
ADD COLUMN     "stateAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "withCaseNotes" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "RawAccessGrant_state_endsAt_idx" ON "RawAccessGrant"("state", "endsAt");

-- CreateIndex
CREATE INDEX "SharingRequest_recipientUserId_idx" ON "SharingRequest"("recipientUserId");

-- CreateIndex
CREATE INDEX "SharingRequest_state_endsAt_idx" ON "SharingRequest"("state", "endsAt");

-- The longest that anything is shared, and that raw bytes can be reached, holds whatever the portal's code does (P-SHARE, P-LIMITED).
ALTER TABLE "SharingRequest" ADD CONSTRAINT "SharingRequest_at_most_30_days"
  CHECK ("endsAt" > "createdAt" AND "endsAt" <= "createdAt" + interval '720 hours');
ALTER TABLE "SharingRequest" ADD CONSTRAINT "SharingRequest_approved_by_somebody"
  CHECK ("state" <> 'approved' OR ("decidedById" IS NOT NULL AND "recipientUserId" IS NOT NULL));
ALTER TABLE "RawAccessGrant" ADD CONSTRAINT "RawAccessGrant_at_most_4_hours"
  CHECK ("hours" BETWEEN 1 AND 4 AND ("endsAt" IS NULL OR "endsAt" <= "approvedAt" + interval '4 hours'));
ALTER TABLE "RawAccessGrant" ADD CONSTRAINT "RawAccessGrant_granted_by_somebody"
  CHECK ("state" <> 'granted' OR ("approvedById" IS NOT NULL AND "approvedAt" IS NOT NULL AND "endsAt" IS NOT NULL));
