-- AlterTable
ALTER TABLE "StorageLook" ADD COLUMN     "keyMarker" TEXT,
ADD COLUMN     "versionIdMarker" TEXT,
ALTER COLUMN "endedAt" DROP NOT NULL;
