"""Nobody signs up: the administrator makes employees. Single sign-on lets known employees in, and no one else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from vt_cvs.organisatie.models import Medewerker


class GeenAanmelding(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Medewerker) -> None:
        """Employees have no user name."""


class AlleenBekendeMedewerkers(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect to the employee with the verified address; refuse whoever we do not know."""
        if sociallogin.is_existing:
            return
        adressen = [a.email.lower() for a in sociallogin.email_addresses if a.verified]
        medewerker = Medewerker.objects.filter(email__in=adressen, is_active=True, systeem=False).first()
        if medewerker is None:
            raise ImmediateHttpResponse(render(request, "403.html", status=403))
        sociallogin.connect(request, medewerker)
