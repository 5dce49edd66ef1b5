-- What may not be changed row by row may not be emptied at once either.
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "PolicyVersion" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "NdaTemplate" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "PolicyAcceptance" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "Receipt" FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse_change();
