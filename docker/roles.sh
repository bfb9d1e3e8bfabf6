#!/bin/sh
# The roles of the portal and its empty database. PostgreSQL's image runs it once, when its volume is new. By hand, as
# the superuser, it may run again: it makes what is missing and sets the passwords.
#   portal_owner    owns the database and its tables: migrations, reference data, restore
#   portal_web      web, worker and beat: obeys row-level security
#   portal_backup   reads every row for pg_dump, writes none
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner_password="$PORTAL_OWNER_PASSWORD" --set web_password="$PORTAL_WEB_PASSWORD" \
    --set backup_password="$PORTAL_BACKUP_PASSWORD" <<'SQL'
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['portal_owner', 'portal_web', 'portal_backup']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE portal_web LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD :'web_password';
ALTER ROLE portal_backup LOGIN NOSUPERUSER NOCREATEDB BYPASSRLS PASSWORD :'backup_password';
ALTER ROLE portal_backup SET default_transaction_read_only = on;
GRANT pg_read_all_data TO portal_backup;
SELECT 'CREATE DATABASE portal OWNER portal_owner ENCODING ''UTF8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_web, portal_backup;
SQL
