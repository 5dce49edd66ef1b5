-- DropIndex
DROP INDEX "ErasureCertificate_orderId_key";

-- AlterTable
ALTER TABLE "Case" ADD COLUMN     "erasureOrderedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "DiagnosticFile" ADD COLUMN     "erasureOrderedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ErasureCertificate" ADD COLUMN     "edition" INTEGER NOT NULL;

-- AlterTable
ALTER TABLE "ErasureOrder" ADD COLUMN     "keysEnded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "outputs" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "runsCancelled" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "strayBytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "strayVersions" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "watchEndedAt" TIMESTAMPTZ(3),
ADD COLUMN     "watchUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ErasureOrderFile" (
    "orderId" UUID NOT NULL,
    "fileId" UUID NOT NULL,
    "foundAt" TIMESTAMPTZ(3),
    "foundVersions" INTEGER,
    "foundBytes" BIGINT,
    "lastSeenAt" TIMESTAMPTZ(3),
    "absentAt" TIMESTAMPTZ(3),
    "urlsEndAt" TIMESTAMPTZ(3),
    "lateVersions" INTEGER NOT NULL DEFAULT 0,
    "lateBytes" BIGINT NOT NULL DEFAULT 0,
    "lateSeenAt" TIMESTAMPTZ(3),
    "lookedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ErasureOrderFile_pkey" PRIMARY KEY ("orderId","fileId")
);

-- CreateIndex
CREATE INDEX "ErasureOrderFile_fileId_idx" ON "ErasureOrderFile"("fileId");

-- CreateIndex
CREATE UNIQUE INDEX "ErasureCertificate_orderId_edition_key" ON "ErasureCertificate"("orderId", "edition");

-- CreateIndex
CREATE INDEX "ErasureOrder_state_watchEndedAt_idx" ON "ErasureOrder"("state", "watchEndedAt");

-- AddForeignKey
ALTER TABLE "ErasureOrderFile" ADD CONSTRAINT "ErasureOrderFile_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ErasureOrder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasureOrderFile" ADD CONSTRAINT "ErasureOrderFile_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "DiagnosticFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One order for a file, and one for a case, however often it is given.
CREATE UNIQUE INDEX "ErasureOrder_one_for_a_file" ON "ErasureOrder"("fileId") WHERE "fileId" IS NOT NULL;
CREATE UNIQUE INDEX "ErasureOrder_one_for_a_case" ON "ErasureOrder"("caseId") WHERE "fileId" IS NULL;
ALTER TABLE "ErasureCertificate" ADD CONSTRAINT "ErasureCertificate_editions" CHECK ("edition" IN (1, 2));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "ErasureCertificate" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "ErasureCertificate" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
