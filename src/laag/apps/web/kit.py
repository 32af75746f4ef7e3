"""Pages from templates: each with the same frame, in the reader's language, with nothing written into it by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from laag.apps.access import NOBODY, PURPOSE_WORDS, ROLE_WORDS, Caller, Doors, Role, sessions, tokens
from laag.apps.access.addresses import in_the_clear
from laag.apps.web import languages, words
from laag.apps.web.files import address
from laag.apps.web.written import WRITERS
from laag.foundation.words import Lang, Said

_YEAR_S = 365 * 86_400
ASKED_AT = "asked_at"


@dataclass(frozen=True, slots=True)
class Link:
    """A page in the navigation; shown to whom its door lets in."""

    path: str
    words: Said
    foot: bool = False
    """At the foot of every page: read now and then, and not to be in the way of what is read every day."""


class Web:
    """What the pages of one server share. ``packages`` hold templates: ``{"street": "laag.apps.street.pages"}``."""

    def __init__(
        self,
        name: str,
        *,
        packages: dict[str, str] | None = None,
        links: Sequence[Link] = (),
        doors: Doors | None = None,
        stream: str | None = None,
        happened: Callable[[], str] = str,
        own: Callable[[Caller], Sequence[Link]] = lambda _: (),
    ) -> None:
        self.name = name
        self.links = tuple(links)
        self.doors: Doors = doors or {}
        self.own = own
        """What somebody finds of themselves on the page of their access."""
        self.stream = stream
        """Where the page listens for what changes."""
        self.happened = happened
        """The number of what happened last: a page listens from the number that it was asked at, so that it misses nothing."""
        loaders = {"web": PackageLoader("laag.apps.web", "templates")}
        loaders |= {short: PackageLoader(long, "templates") for short, long in (packages or {}).items()}
        self.environment = Environment(
            loader=PrefixLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
        )
        # All of them now: a page written by a program and a template of two versions is no page.
        for page in self.environment.list_templates(["html"]):
            self.environment.get_template(page)

    def page(self, request: Request, template: str, *, status: int = 200, **given: Any) -> HTMLResponse:
        """One page; ``given`` may hold ``Said``, which a template shows with ``say``."""
        lang = languages.language(request)
        new_cookie: list[str] = []
        frame = {
            "lang": lang,
            "name": self.name,
            "say": say(lang),
            "w": words,
            "file": address,
            "caller": caller_of(request),
            "role_words": ROLE_WORDS,
            "purpose_words": PURPOSE_WORDS,
            "path": request.url.path,
            "links": self._links(request),
            "own_links": self.own(caller_of(request)),
            "others": [(one, self._in(request, one)) for one in Lang],
            "stream": self.stream and f"{self.stream}?lang={lang.value}&since={self._asked_at(request)}",
            "form_token": partial(_form_token, request, new_cookie),
            "form_field": sessions.FIELD,
            "in_the_clear": in_the_clear(request),
        }
        writers = {f"as_{name}": _writer(write, lang) for name, write in WRITERS.items()}
        body = self.environment.get_template(template).render({**frame, **writers, **given})
        answer = HTMLResponse(body, status, headers={"vary": "cookie, accept-language"})
        if request.query_params.get(languages.FIELD) == lang.value:
            self.keep(request, answer, languages.COOKIE, lang.value, seconds=_YEAR_S)
        for secret in new_cookie:
            self.keep(request, answer, sessions.FORM_COOKIE, secret)
        return answer

    def message(
        self, request: Request, title: Said, text: Said, *, status: int = 200, back: str = "/"
    ) -> HTMLResponse:
        """A page that says one thing."""
        return self.page(request, "web/message.html", status=status, title=title, text=text, back=back)

    @staticmethod
    def keep(
        request: Request, answer: Response, name: str, value: str, *, seconds: int | None = None
    ) -> None:
        """A cookie that no script can read, and that goes nowhere else."""
        secure = request.url.scheme == "https"
        answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)

    def _asked_at(self, request: Request) -> str:
        return quote(getattr(request.state, ASKED_AT, None) or self.happened(), safe="")

    def _links(self, request: Request) -> list[Link]:
        role = caller_of(request).role
        return [one for one in self.links if self._opens(one.path, role)]

    def _opens(self, path: str, role: Role) -> bool:
        door = self.doors.get(("GET", path))
        return door is not None and (role in door.roles or Role.ANYBODY in door.roles)

    @staticmethod
    def _in(request: Request, lang: Lang) -> str:
        """This very page in a language; without its path, which may look like another place: //elsewhere."""
        return f"?{request.url.include_query_params(lang=lang.value).query}"


def say(lang: Lang) -> Callable[[Said | str], str]:
    """Turns what is said in both languages into one."""
    return lambda said: said.to(lang) if isinstance(said, Said) else said


def caller_of(request: Request) -> Caller:
    """Who asks for this page."""
    caller: Caller = getattr(request.state, "caller", NOBODY)
    return caller


def _form_token(request: Request, new_cookie: list[str]) -> str:
    """What a form needs to be believed; who has no cookie to bind it to yet is given one."""
    secret = sessions.form_secret(request) or (new_cookie[0] if new_cookie else None)
    if secret is None:
        secret = tokens.new()
        new_cookie.append(secret)
    return tokens.form_token(secret)


def _writer(write: Callable[..., str], lang: Lang) -> Callable[..., str]:
    return lambda value, *more: write(value, lang, *more)
