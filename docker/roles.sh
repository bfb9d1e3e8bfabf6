#!/bin/sh
# Runs once, when the PostgreSQL volume is new: the owner of the database and the role of the web.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$PORTAL_OWNER_PASSWORD" --set web_password="$PORTAL_WEB_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE portal_web LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS PASSWORD :'web_password';
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8';
REVOKE ALL ON DATABASE portal FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_web;
SQL
