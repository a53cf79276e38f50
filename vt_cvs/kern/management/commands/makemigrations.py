"""Django's own command; what it writes is grouped, so that it also applies quickly (see `vt_cvs.kern.migratie`)."""

from typing import Any

from django.core.management.commands import makemigrations

from vt_cvs.kern.migratie import in_groepen


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, list[Any]], *args: Any, **kwargs: Any) -> None:
        for migraties in changes.values():
            for migratie in migraties:
                if migratie.initial:
                    migratie.operations = in_groepen(migratie.operations)
        super().write_migration_files(changes, *args, **kwargs)
