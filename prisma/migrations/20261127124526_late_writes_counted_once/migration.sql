-- AlterTable
ALTER TABLE "ErasureOrderFile" ADD COLUMN     "lateIds" TEXT[] DEFAULT ARRAY[]::TEXT[];
