"""Nobody signs up: the administrator makes employees. Single sign-on lets known employees in, and no one else."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from vt_cvs.organisatie.accounts import adres_pas_gewijzigd
from vt_cvs.organisatie.models import Medewerker


class GeenAanmelding(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na.",
        "too_many_login_attempts": "Er is te vaak een verkeerd wachtwoord gebruikt. Wacht vijf minuten.",
        "account_inactive": "Dit account staat uit. Vraag de applicatiebeheerder het aan te zetten.",
        "incorrect_code": "Deze code klopt niet. Vul de nieuwste code in die je app toont.",
        "incorrect_password": "Dit wachtwoord klopt niet. Kijk het na en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Medewerker) -> None:
        """Employees have no user name."""

    def send_password_reset_mail(self, user: Medewerker, email: str, context: dict[str, Any]) -> None:
        """Not to an address that someone else has only just entered: the old one may still protest."""
        if adres_pas_gewijzigd(user) is None:
            super().send_password_reset_mail(user, user.email, context)


class TweedeFactor(DefaultMFAAdapter):
    """Codes that do not work are said in words that help."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Vul de nieuwste code in die je app toont.",
    }


class AlleenBekendeMedewerkers(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect to the employee with the verified address; refuse whoever we do not know, and a fresh address."""
        if sociallogin.is_existing:
            return
        adressen = [a.email.lower() for a in sociallogin.email_addresses if a.verified]
        medewerker = Medewerker.objects.filter(email__in=adressen, is_active=True, systeem=False).first()
        if medewerker is None or adres_pas_gewijzigd(medewerker) is not None:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        sociallogin.connect(request, medewerker)
