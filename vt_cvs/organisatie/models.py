"""Who works here, in which team and role, who may send reports, and what an administrator may set."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from vt_cvs.kern.regels import regel


class Rol(models.TextChoices):
    """The roles of the organisation; one employee may have several."""

    VOORKANT = "voorkant", "voorkant"
    ACHTERKANT = "achterkant", "achterkant"
    GEDRAGSWETENSCHAPPER = "gedragswetenschapper", "gedragswetenschapper"
    VERTROUWENSARTS = "vertrouwensarts", "vertrouwensarts"
    TEAMLEIDER = "teamleider", "teamleider"
    PRIVACYFUNCTIONARIS = "privacyfunctionaris", "privacyfunctionaris"
    MANAGEMENTINFORMATIE = "managementinformatie", "managementinformatie"
    BEHEERDER = "beheerder", "applicatiebeheerder"
    CRISISDIENST = "crisisdienst", "crisisdienst"


class Team(models.Model):
    """A team; the organisation divides itself as it likes (RW-2.3)."""

    naam = models.CharField("naam", max_length=80, unique=True, help_text="Zoals medewerkers het team noemen.")
    actief = models.BooleanField("actief", default=True, help_text="Een team dat niet meer bestaat, zet je uit.")

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        cache.delete(f"team:{self.pk}")  # the top bar of every page reads the name from there


class MedewerkerManager(BaseUserManager["Medewerker"]):
    def create_user(self, email: str, password: str | None = None, **velden: Any) -> Medewerker:
        medewerker = self.model(email=self.normalize_email(email).lower(), **velden)
        medewerker.set_password(password)
        medewerker.save()
        return medewerker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> Medewerker:
        """An administrator of the application: may not see a single case."""
        velden.setdefault("rollen", [Rol.BEHEERDER])
        velden.setdefault("naam", email)
        return self.create_user(email, password, **velden)

    def get_by_natural_key(self, username: str | None) -> Medewerker:
        return self.get(email__iexact=username)


class Medewerker(AbstractBaseUser):
    """An employee. System employees (the clock, a sender's key, the public form) act but can never log in."""

    email = models.EmailField("e-mailadres", unique=True, help_text="Hiermee logt de medewerker in.")
    naam = models.CharField("naam", max_length=120, help_text="Voor- en achternaam, zoals collega's die kennen.")
    telefoon = models.CharField(
        "telefoon", max_length=30, blank=True, help_text="Toestel of nummer waarop collega's deze medewerker bereiken."
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="medewerkers",
        verbose_name="team",
        help_text="Het team waarvan deze medewerker de open zaken mag zien.",
    )
    rollen = ArrayField(
        models.CharField(max_length=30, choices=Rol.choices),
        verbose_name="rollen",
        default=list,
        blank=True,
        help_text="Wat deze medewerker mag volgt uit de rollen en uit betrokkenheid bij een casus.",
    )
    is_active = models.BooleanField("in dienst", default=True, help_text="Uit: kan niet meer inloggen en niets doen.")
    systeem = models.BooleanField("systeemmedewerker", default=False, editable=False)
    sinds = models.DateTimeField("sinds", auto_now_add=True)

    objects = MedewerkerManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["naam"]

    class Meta:
        verbose_name = "medewerker"
        verbose_name_plural = "medewerkers"
        ordering = ("naam",)
        constraints = [
            models.CheckConstraint(
                condition=Q(systeem=False) | Q(password__startswith="!"),  # noqa: S106 - unusable, by Django's mark
                name="systeemmedewerker_kan_niet_inloggen",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def get_full_name(self) -> str:
        return self.naam

    def heeft_rol(self, *rollen: str) -> bool:
        return any(rol in self.rollen for rol in rollen)

    @property
    def rolnamen(self) -> list[str]:
        if self.systeem:
            return ["systeem"]
        return [Rol(rol).label for rol in self.rollen]

    @property
    def rol_en_team(self) -> str:
        """“achterkant · team West”, as the top bar shows it."""
        delen = [self.rolnamen[0]] if self.rollen else []
        if self.team_id:
            delen.append(f"team {cache.get_or_set(f'team:{self.team_id}', self._teamnaam, 60)}")
        return " · ".join(delen)

    def _teamnaam(self) -> str:
        return self.team.naam if self.team else ""

    # Django's admin asks these; the administrator manages this app and, of triage, the editions of the instrument:
    # nothing that holds a case.
    @property
    def is_staff(self) -> bool:
        return self.is_active and self.heeft_rol(Rol.BEHEERDER)

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff and (perm.startswith("organisatie.") or perm.endswith("_instrumentuitgave"))

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff and app_label in {"organisatie", "triage"}


def systeemmedewerker(naam: str) -> Medewerker:
    """The system employee with this name, made when first needed (“Klok”, “Meldformulier”, a sender)."""
    sleutel = hashlib.sha256(naam.encode()).hexdigest()[:12]
    medewerker, _ = Medewerker.objects.get_or_create(
        email=f"{sleutel}@systeem.invalid", defaults={"naam": naam, "systeem": True, "password": "!"}
    )
    return medewerker


class Afzender(models.Model):
    """A system that may send reports. Its key is shown once and stored only as a digest."""

    class Soort(models.TextChoices):
        ORGANISATIE = "organisatie", "een organisatie die zelf meldt"
        WEBFORMULIER = "webformulier", "een webformulier van een andere site"

    naam = models.CharField("naam", max_length=120, unique=True, help_text="Bijvoorbeeld: Politie Merenland.")
    soort = models.CharField(
        "soort afzender",
        max_length=14,
        choices=Soort.choices,
        default=Soort.ORGANISATIE,
        help_text="Een webformulier geeft door wat bezoekers melden; elke soort heeft een eigen adres in de API.",
    )
    organisatietype = models.CharField(
        "type organisatie", max_length=20, default="jv-politie", help_text="Telt mee in de cijfers als type melder."
    )
    sleutel_hash = models.CharField("vingerafdruk van de sleutel", max_length=64, unique=True, editable=False)
    actief = models.BooleanField("actief", default=True, help_text="Uit: de sleutel werkt niet meer.")
    medewerker = models.OneToOneField(
        Medewerker, models.PROTECT, related_name="+", editable=False, verbose_name="systeemmedewerker"
    )
    gemaakt_op = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "afzender"
        verbose_name_plural = "afzenders"
        ordering = ("naam",)

    def __str__(self) -> str:
        return self.naam

    @property
    def is_webformulier(self) -> bool:
        """Passes on what visitors of its site report; it is no melder itself."""
        return self.soort == self.Soort.WEBFORMULIER

    @staticmethod
    def vingerafdruk(sleutel: str) -> str:
        """Keys are 256 random bits, so a plain digest suffices: there is nothing to guess."""
        return hashlib.sha256(sleutel.encode()).hexdigest()

    @classmethod
    def nieuw(
        cls, naam: str, organisatietype: str = "jv-politie", soort: str = Soort.ORGANISATIE
    ) -> tuple[Afzender, str]:
        """The sender and its key; the key cannot be read again."""
        sleutel = secrets.token_urlsafe(32)
        afzender = cls.objects.create(
            naam=naam,
            soort=soort,
            organisatietype=organisatietype,
            sleutel_hash=cls.vingerafdruk(sleutel),
            medewerker=cls._eigen_medewerker(naam),
        )
        return afzender, sleutel

    @classmethod
    def _eigen_medewerker(cls, naam: str) -> Medewerker:
        """One of its own, also when a sender that was renamed since once had this name."""
        namen = (f"Afzender {naam}", *(f"Afzender {naam} ({nummer})" for nummer in range(2, 100)))
        alle = (systeemmedewerker(eigen) for eigen in namen)
        return next(medewerker for medewerker in alle if not cls.objects.filter(medewerker=medewerker).exists())


@regel("RW-2.5", "RW-3.6")
class Code(models.Model):
    """One value of a code list, with its source and its dates: a new edition is new rows, not new code."""

    lijst = models.CharField(
        "lijst", max_length=40, db_index=True, help_text="De codelijst waar deze waarde bij hoort."
    )
    code = models.CharField("code", max_length=40, help_text="Wordt bewaard in het dossier en verandert niet meer.")
    label = models.CharField("label", max_length=160, help_text="Zoals het op het scherm en in brieven staat.")
    volgorde = models.PositiveSmallIntegerField("volgorde", default=0, help_text="Plaats in de keuzelijst.")
    bron = models.CharField("bron", max_length=200, blank=True, help_text="Waar deze waarde vandaan komt.")
    hoort_bij = models.CharField(
        "hoort bij",
        max_length=40,
        blank=True,
        help_text="Alleen in lijst taak_ander: de code van het soort partij (overdracht_organisatie) die dan wordt "
        "voorgesteld.",
    )
    landelijk = models.BooleanField(
        "uit de BUR",
        default=False,
        editable=False,
        help_text="Landelijke waarden kunnen niet weg en niet anders heten.",
    )
    geldig_van = models.DateField("geldig van", null=True, blank=True, help_text="Leeg: altijd al.")
    geldig_tot = models.DateField("geldig tot", null=True, blank=True, help_text="Leeg: nog steeds.")

    class Meta:
        verbose_name = "code"
        verbose_name_plural = "codelijsten"
        ordering = ("lijst", "volgorde", "label")
        constraints = [models.UniqueConstraint(fields=["lijst", "code"], name="code_eenmaal_per_lijst")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="rw_2_5_landelijke_code_staat_vast",
                operation=pgtrigger.Delete | pgtrigger.UpdateOf("lijst", "code", "label", "landelijk"),
                condition=pgtrigger.Q(old__landelijk=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lijst}: {self.label}"

    def clean(self) -> None:
        if self.geldig_van and self.geldig_tot and self.geldig_tot < self.geldig_van:
            raise ValidationError({"geldig_tot": "Kies een einddatum na de begindatum."})
        partij = self.hoort_bij
        if partij and not Code.objects.filter(lijst="overdracht_organisatie", code=partij).exists():
            raise ValidationError(
                {"hoort_bij": "Vul een code in uit de lijst overdracht_organisatie, of laat dit leeg."}
            )


class Instelling(models.Model):
    """What this Veilig Thuis sets for itself. One row; everything has a value that works."""

    disclaimer = models.TextField(
        "disclaimer",
        default=(
            "Deze informatie is alleen bestemd voor degene aan wie zij is gericht en alleen voor het doel waarvoor "
            "Veilig Thuis haar verstrekt. Doorgeven aan anderen kan de veiligheid van mensen schaden."
        ),
        help_text="Staat op elke brief, mail en elk inzagedossier. Mag anders, niet leeg.",
    )
    norm_caseload = models.PositiveSmallIntegerField(
        "norm caseload", default=18, help_text="Vanaf hoeveel casussen per medewerker het teamoverzicht dat laat zien."
    )
    herinneren_vooraf = models.PositiveSmallIntegerField(
        "herinneren vooraf", default=2, help_text="Zoveel werkdagen voor een termijn volgt een herinnering."
    )
    register_vanzelf = models.BooleanField(
        "registreren gaat vanzelf",
        default=True,
        help_text="Aan: elke gevalideerde directbetrokkene gaat naar het VT Register. Uit: de medewerker kiest.",
    )

    class Meta:
        verbose_name = "instelling"
        verbose_name_plural = "instellingen"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="een_rij_instellingen"),
            models.CheckConstraint(condition=~Q(disclaimer__regex=r"^\s*$"), name="rw_10_4_disclaimer_niet_leeg"),
        ]

    def __str__(self) -> str:
        return "Instellingen van deze organisatie"

    def clean(self) -> None:
        if not self.disclaimer.strip():
            raise ValidationError({"disclaimer": "De disclaimer mag anders, maar niet leeg zijn (regel RW-10.4)."})


from vt_cvs.organisatie.accountlog import Accountregel, Factorherstel  # noqa: E402, F401 - Django looks for models here
from vt_cvs.organisatie.sjablonen import Sjabloon  # noqa: E402, F401
