"""Django's Redis cache, with one client for all of a process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangosRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis import Redis


class Klant(RedisCacheClient):
    """Django makes a new `redis.Redis` for every question; making one takes longer than asking.

    The client is safe between threads: it takes a connection from its pool for each command.
    """

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self._client: Any = lru_cache(maxsize=8)(Redis)


class RedisCache(DjangosRedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Klant
