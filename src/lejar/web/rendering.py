# SPDX-License-Identifier: Apache-2.0
"""From a view to a page.

There is one environment for each language, so that a template says `t("nav.home")` or
`sen | ringgit` and never asks which language it is in. Components are called as
`ui.<name>(params)`.
A value that a template names and the view lacks is an error, not an empty place on the page.
"""

from collections.abc import Mapping
from functools import cache, partial
from types import SimpleNamespace
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from lejar.web import assets, consent_words, formats, presentation
from lejar.web.chart import chart_params
from lejar.web.language import Catalogue, Language, catalogue
from lejar.web.views import Frame

TEMPLATES: Final = assets.ROOM / "templates"
BLOCK_HEADER: Final = "Lejar-Block"
LIVE_BLOCKS: Final = frozenset({"figures", "latest", "rows", "totals"})
"""Blocks that may be asked for alone; each stands inside an element with its name as id."""


@cache
def environment(language: Language) -> Environment:
    """Return the environment of a language, with its filters and components."""
    made = Environment(
        loader=FileSystemLoader((TEMPLATES, assets.COMPONENTS)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        auto_reload=False,
    )
    words = catalogue(language)
    made.filters.update(
        count=formats.count,
        entry_number=formats.entry_number,
        ringgit=formats.ringgit,
        ringgit_short=partial(formats.ringgit_short, words=words),
        ringgit_exact=formats.ringgit_exact,
        percent=formats.percent,
        price=formats.price,
        ringgit_price=formats.ringgit_price,
        date=partial(formats.long_date, words=words),
        moment=partial(formats.moment, words=words),
        moment_exact=formats.moment_exact,
        shortened=formats.shortened,
        said=partial(presentation.said, words=words),
        local_day=formats.local_date,
        agency=partial(presentation.agency_name, words=words),
        agencies=partial(presentation.agency_names, words=words),
        explain_errors=partial(presentation.explain_errors, words=words),
        named=partial(presentation.named, words=words),
        command_name=partial(presentation.command_name, words=words),
        tone=presentation.tone,
        fact_rows=partial(presentation.fact_rows, words=words),
        refusal_params=partial(presentation.refusal_params, words=words),
        threshold_rows=partial(presentation.threshold_rows, words=words),
        term_rows=partial(presentation.term_rows, words=words),
        unit_rows=partial(presentation.unit_rows, words=words),
        life_events=partial(presentation.life_events, words=words),
        stage_events=partial(presentation.stage_events, words=words),
        in_pieces=presentation.in_pieces,
        money_number=formats.money_number,
        in_currency=formats.in_currency,
        units=formats.units,
        neighbour=presentation.neighbour,
        exported=presentation.exported,
        section_path=presentation.section_path,
        sign_in_address=presentation.sign_in_address,
        chart_params=partial(chart_params, words=words),
    )
    made.filters.update(consent_words.filters(words))
    _add_components(made, words)
    return made


def _add_components(made: Environment, words: Catalogue) -> None:
    """Give the templates their words, their files and their components."""
    components = SimpleNamespace()
    made.globals.update(t=words, asset=assets.address, ui=components)
    for name in assets.component_names():
        setattr(components, name, getattr(made.get_template(f"{name}/macro.html").module, name))
    made.globals["cells"] = made.get_template("cells.html").module


def component(name: str, params: Mapping[str, object], language: Language) -> Markup:
    """Return one component as HTML; AttributeError for a name that does not exist."""
    macro = getattr(environment(language).globals["ui"], name)
    return Markup(macro(params))  # noqa: S704 - a macro's output is escaped where it is made


def page(
    request: Request,
    template: str,
    view: object,
    frame: Frame,
    status: int = 200,
) -> HTMLResponse:
    """Return the whole page or, to a page that follows new entries, the one block it asks for."""
    wanted = request.headers.get(BLOCK_HEADER)
    vary = {"Vary": f"Accept-Language, Cookie, {BLOCK_HEADER}"}
    if wanted is None:
        html = whole_page(template, view, frame)
        return HTMLResponse(html, status, headers=vary)
    made = environment(frame.language)
    if wanted not in LIVE_BLOCKS or wanted not in made.get_template(template).blocks:
        return HTMLResponse("", 404, headers=vary)
    html = render_block(made, template, wanted, view=view, frame=frame)
    fragment = f'<div id="{wanted}">{html}</div>'
    return HTMLResponse(fragment, status, headers=vary | {BLOCK_HEADER: wanted})


def whole_page(template: str, view: object, frame: Frame) -> str:
    """Return a page as HTML."""
    return environment(frame.language).get_template(template).render(view=view, frame=frame)
