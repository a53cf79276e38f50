"""The product as gunicorn serves it, and next to it the least that the same gunicorn can do: one plain template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.template import Context, Engine

from vt_cvs.wsgi import application as product

VLOER = "/bench/vloer"
RIJEN = [{f"k{kolom}": f"regel {rij}, kolom {kolom}" for kolom in range(5)} for rij in range(50)]
SJABLOON = Engine().from_string(
    "<!doctype html><title>vloer</title><table>{% for r in rijen %}<tr>"
    "<td>{{ r.k0 }}</td><td>{{ r.k1 }}</td><td>{{ r.k2 }}</td><td>{{ r.k3 }}</td><td>{{ r.k4 }}</td>"
    "</tr>{% endfor %}</table>"
)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] != VLOER:
        return product(environ, start_response)
    inhoud = SJABLOON.render(Context({"rijen": RIJEN})).encode()
    kop = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(inhoud)))]
    start_response("200 OK", kop)
    return [inhoud]
