-- What the schema language cannot say: rows that never change, and facts that every row has to keep.

CREATE FUNCTION airlock_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "PolicyVersion" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "NdaTemplate" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "PolicyAcceptance" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Receipt" FOR EACH ROW EXECUTE FUNCTION airlock_refuse_change();

-- A tombstone keeps neither name nor key part.
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_tombstone_has_no_name"
  CHECK ("state" NOT IN ('expired', 'erased') OR ("name" IS NULL AND "safeName" IS NULL));
ALTER TABLE "DiagnosticFile" ADD CONSTRAINT "DiagnosticFile_sizes"
  CHECK ("segmentBytes" BETWEEN 4194304 AND 67108864 AND coalesce("announcedSizeBytes", 0) >= 0 AND coalesce("rawSizeBytes", 0) >= 0);
ALTER TABLE "Segment" ADD CONSTRAINT "Segment_facts"
  CHECK ("index" >= 1 AND "rawSizeBytes" >= 0 AND "sizeBytes" >= 1 AND "rawSha256" ~ '^[0-9a-f]{64}$' AND "sha256" ~ '^[0-9a-f]{64}$');
-- A clock runs for exactly one thing.
ALTER TABLE "RetentionClock" ADD CONSTRAINT "RetentionClock_one_subject"
  CHECK (num_nonnulls("fileId", "analysisOutputId", "manualOutputId") = 1);
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_hashes"
  CHECK ("hash" ~ '^[0-9a-f]{64}$' AND "prevHash" ~ '^[0-9a-f]{64}$');
