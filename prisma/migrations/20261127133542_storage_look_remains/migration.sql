-- AlterTable
ALTER TABLE "StorageLook" ADD COLUMN     "remains" INTEGER NOT NULL DEFAULT 0;
