"""Brazil: the foreign ministry's consular alerts, a page of dated bulletins without levels.

Warnings of fraud stand among them under the same word "alerta"; the coder reads what is advice.
"""

from collections.abc import Iterator
from dataclasses import replace

from advisories.errors import ParseError
from advisories.model import Item, Source, Step
from advisories.sources import _listed
from advisories.sources._names import named

LIST = (
    "https://www.gov.br/mre/pt-br/assuntos/portal-consular/alertas%20e%20noticias/alertas/alertas"
)
SCALE = (
    Step("cautela | redobrar a atenção", 2, "caution, but go"),
    Step("evitar viagens não essenciais | evitar viagens | evitem viajar", 3, "not without need"),
    Step("não viajar | não viaje | deixar o país", 4, "do not go, or leave"),
)
FRAUD = r"fraude|golpe|aliciamento|tráfico|imigração irregular|contrato"


def parse(body: bytes, url: str) -> Iterator[Item]:
    """The bulletins whose titles are not about fraud; of those, the ones that name a country."""
    found = 0
    wanted = rf"^(?!.*(?:{FRAUD})).*(?:alerta|aviso|viage|viaj|segurança|situação)"
    for item in _listed.notices(body, LIST, "pt", wanted, "America/Sao_Paulo"):
        if set(named(item.title, "pt")) - {"BR"}:
            found += 1
            yield replace(item, unknown="a bulletin: read by the coder")
    if not found:
        raise ParseError("no bulletin on the page names a country")


SOURCE = Source(
    id="br-mre",
    name="Itamaraty, alertas consulares",
    kind="advisory",
    url=LIST,
    lang="pt",
    country="BR",
    issuer="BR",
    parse=parse,
    hours=24,
    prose=True,
    status="unproven",
    status_date="2026-09",
    status_note="the markup is that of a program which read the page",
    licence="CC BY-ND 3.0 (as the site states)",
    attribution="Ministério das Relações Exteriores do Brasil",
    outlet="ministry",
    tier=2,
    sets=("official",),
    scale=SCALE,
    scale_note="No scale is published; these are the words that bulletins use.",
)
