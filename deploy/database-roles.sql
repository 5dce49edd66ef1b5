-- The two roles of the portal's database, made once by somebody who may make roles:
--
--   psql -h <server> -U <administrator> -d postgres -f deploy/database-roles.sql
--
-- psql asks for the two passwords. Then start the portal with
--   DATABASE_OWNER_URL=postgresql://airlock_owner:<password>@<server>/airlock   for migrations; only the launcher reads it
--   DATABASE_URL=postgresql://airlock_app:<password>@<server>/airlock           as which web and worker connect
--
-- At each start, after the migrations, the launcher gives airlock_app exactly what web and worker need: to read and write rows, but
-- no DDL, no TRUNCATE, and neither UPDATE nor DELETE where rows may never change (AuditEvent, PolicyVersion, NdaTemplate, PolicyAcceptance,
-- Receipt, and what else has the trigger "append_only"). scripts/lib/database-rights.ts holds those rights, and
-- `npm run doctor` asks the database whether they are so.
--
-- Where one role did both before: keep it as the owner (its URL becomes DATABASE_OWNER_URL), and make only airlock_app.

\set ON_ERROR_STOP on
create role airlock_owner login nosuperuser nocreatedb nocreaterole nobypassrls;
create role airlock_app login nosuperuser nocreatedb nocreaterole nobypassrls;
\password airlock_owner
\password airlock_app
-- Its locale is the server's: a UTF-8 one, such as C.UTF-8, so that searching ignores the case of every letter.
create database airlock owner airlock_owner encoding 'UTF8' template template0;
revoke all on database airlock from public;
grant connect on database airlock to airlock_app;
