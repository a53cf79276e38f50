"""Where a second factor is required, an employee without one can reach nothing but the page to set it up."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

MAG_ZONDER = ("/account/", "/static/", "/gezond")
IN_SESSIE = "tweede_factor"


class TweedeFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.TWEEDE_FACTOR_VERPLICHT
            and request.user.is_authenticated
            and not request.path.startswith(MAG_ZONDER)
            and not request.session.get(IN_SESSIE)
        ):
            if not is_mfa_enabled(request.user):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
            request.session[IN_SESSIE] = True
        return self.get_response(request)
