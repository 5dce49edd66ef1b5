-- AlterTable
ALTER TABLE "DiagnosticFile" ADD COLUMN     "endedByUploadKeyId" UUID,
ADD COLUMN     "lostAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "UnannouncedObject" (
    "id" UUID NOT NULL,
    "objectKey" TEXT,
    "caseReference" TEXT,
    "sizeBytes" BIGINT NOT NULL,
    "versionCount" INTEGER NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "erasedAt" TIMESTAMPTZ(3),

    CONSTRAINT "UnannouncedObject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StorageLook" (
    "id" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3) NOT NULL,
    "objects" INTEGER NOT NULL,

    CONSTRAINT "StorageLook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "UnannouncedObject_objectKey_key" ON "UnannouncedObject"("objectKey");

-- CreateIndex
CREATE INDEX "UnannouncedObject_erasedAt_dueAt_idx" ON "UnannouncedObject"("erasedAt", "dueAt");

-- AddForeignKey
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_endedByUploadKeyId_fkey" FOREIGN KEY ("endedByUploadKeyId") REFERENCES "UploadKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An object that is gone leaves no key behind: a key may hold a name.
ALTER TABLE "UnannouncedObject" ADD CONSTRAINT "UnannouncedObject_erased_has_no_key"
  CHECK (("erasedAt" IS NULL) = ("objectKey" IS NOT NULL));
