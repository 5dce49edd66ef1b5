-- AlterTable
ALTER TABLE "NdaTemplate" ADD COLUMN     "publishedById" UUID;

-- CreateTable
CREATE TABLE "NdaTemplateDraft" (
    "id" UUID NOT NULL,
    "basedOnId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "bodyMarkdown" TEXT NOT NULL,
    "requiresNewSignature" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedById" UUID NOT NULL,

    CONSTRAINT "NdaTemplateDraft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NdaAgreement_documentSha256_idx" ON "NdaAgreement"("documentSha256");

-- CreateIndex
CREATE INDEX "Signature_documentSha256_idx" ON "Signature"("documentSha256");

-- AddForeignKey
ALTER TABLE "NdaTemplateDraft" ADD CONSTRAINT "NdaTemplateDraft_basedOnId_fkey" FOREIGN KEY ("basedOnId") REFERENCES "NdaTemplate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NdaTemplateDraft" ADD CONSTRAINT "NdaTemplateDraft_updatedById_fkey" FOREIGN KEY ("updatedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
