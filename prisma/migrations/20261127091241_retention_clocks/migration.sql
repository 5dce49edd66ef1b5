-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "RetentionExtensionState" ADD VALUE 'undeliverable';
ALTER TYPE "RetentionExtensionState" ADD VALUE 'lapsed';

-- AlterTable
ALTER TABLE "ManualOutput" DROP COLUMN "objectKey",
ADD COLUMN     "fileId" UUID,
ADD COLUMN     "sizeBytes" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "RetentionClock" ADD COLUMN     "deletionBegunAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "RetentionExtension" DROP COLUMN "objectedAt",
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "endedById" UUID,
ALTER COLUMN "reason" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "changedById" UUID,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "SweepRun" (
    "id" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "expired" INTEGER NOT NULL DEFAULT 0,
    "abandoned" INTEGER NOT NULL DEFAULT 0,
    "outputs" INTEGER NOT NULL DEFAULT 0,
    "objects" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SweepRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SweepRun_startedAt_idx" ON "SweepRun"("startedAt");

-- CreateIndex
CREATE INDEX "ManualOutput_fileId_idx" ON "ManualOutput"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "RetentionExtension_noticeId_key" ON "RetentionExtension"("noticeId");

-- AddForeignKey
ALTER TABLE "ManualOutput" ADD CONSTRAINT "ManualOutput_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An extension is at most seven days at a time (P-EXTEND).
ALTER TABLE "RetentionExtension" ADD CONSTRAINT "RetentionExtension_days" CHECK ("days" BETWEEN 1 AND 7);
