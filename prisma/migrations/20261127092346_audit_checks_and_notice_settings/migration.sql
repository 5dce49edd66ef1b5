-- AlterEnum
ALTER TYPE "NoticeState" ADD VALUE 'unmailed';

-- CreateTable
CREATE TABLE "AuditCheck" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "isIntact" BOOLEAN NOT NULL,
    "events" BIGINT,
    "head" TEXT,
    "anchors" INTEGER NOT NULL DEFAULT 0,
    "foreignAnchors" INTEGER NOT NULL DEFAULT 0,
    "lastAnchorAt" TIMESTAMPTZ(3),
    "brokenAt" TEXT,
    "kind" TEXT,
    "why" TEXT,

    CONSTRAINT "AuditCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NoticeMute" (
    "userId" UUID NOT NULL,
    "topic" TEXT NOT NULL,

    CONSTRAINT "NoticeMute_pkey" PRIMARY KEY ("userId","topic")
);

-- CreateIndex
CREATE INDEX "AuditCheck_at_idx" ON "AuditCheck"("at");

-- AddForeignKey
ALTER TABLE "NoticeMute" ADD CONSTRAINT "NoticeMute_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
