"""Checks a database and a broker that the user brought himself. Runs in the environment: this one needs the drivers.

`python -m vt_cvs.opstart.extern` prints the address of the register database, or ends with 3 and one sentence.
"""

import os
import sys

import psycopg
import redis
from psycopg.conninfo import make_conninfo


class Geweigerd(Exception):
    """One sentence."""


def _verbind(conninfo: str, naam: str) -> "psycopg.Connection[tuple[object, ...]]":
    try:
        return psycopg.connect(conninfo, autocommit=True, connect_timeout=10)
    except psycopg.Error as fout:
        if naam == "DATABASE_URL" or "does not exist" not in str(fout):
            raise Geweigerd(f"Geen verbinding met de database van {naam}: {_kort(fout)}") from None
        raise


def registerdatabase(hoofd: str, eigen: str | None) -> str:
    """The one that is given, or `register` on the same server, made when it is not there and we may."""
    with _verbind(hoofd, "DATABASE_URL") as verbinding:
        if eigen:
            _verbind(eigen, "REGISTER_DATABASE_URL").close()
            return eigen
        if not verbinding.execute("select 1 from pg_database where datname = 'register'").fetchone():
            try:
                verbinding.execute("create database register")
            except psycopg.errors.InsufficientPrivilege:
                raise Geweigerd(
                    "De databasegebruiker mag database register niet maken: maak die zelf of zet REGISTER_DATABASE_URL."
                ) from None
    return make_conninfo(hoofd, dbname="register")


def controleer_broker(url: str) -> None:
    try:
        redis.Redis.from_url(url.replace("redis+socket://", "unix://"), socket_connect_timeout=10).ping()
    except (redis.RedisError, ValueError, OSError) as fout:
        raise Geweigerd(f"Geen verbinding met de broker van REDIS_URL: {_kort(fout)}") from None


def _kort(fout: Exception) -> str:
    return " ".join(str(fout).split()) or type(fout).__name__


if __name__ == "__main__":
    try:
        if broker := os.environ.get("REDIS_URL"):
            controleer_broker(broker)
        if database := os.environ.get("DATABASE_URL"):
            print(registerdatabase(database, os.environ.get("REGISTER_DATABASE_URL")))
    except (Geweigerd, psycopg.Error) as fout:
        print(_kort(fout))
        sys.exit(3)
