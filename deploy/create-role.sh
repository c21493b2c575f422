#!/bin/sh
# Runs once, when PostgreSQL makes its data folder: the role that is no superuser, and the database it owns.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --set password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE protect_respect LOGIN PASSWORD :'password';
CREATE DATABASE protect_respect OWNER protect_respect;
SQL
