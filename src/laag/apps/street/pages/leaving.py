"""The operator's page about leaving and support, and the final account behind a link."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.home.words import euros
from laag.apps.street.api.everyone import told_of
from laag.apps.street.keeper import Away, Busy
from laag.apps.street.leaving import PAGE, account_of, linked, moves_out, who_left
from laag.apps.street.pages import everyone_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.running import address, let_in
from laag.apps.street.taking import NotTaken
from laag.apps.web import language
from laag.apps.web.written import NONE, count, short_day
from laag.apps.web.written import day as written_day
from laag.cycle.live import SupportPaid
from laag.cycle.live.supporting import rule_of
from laag.foundation.words import Lang, Said
from laag.neighbourhood.people.kinds import ABOUT
from laag.neighbourhood.people.leaving import LEAVING, Leaving

_OPERATOR = Door.of(Role.OPERATOR)
DOORS: Doors = {
    ("GET", "/operator/accounts"): _OPERATOR,
    ("POST", "/operator/accounts/leave"): _OPERATOR,
    ("POST", "/operator/accounts/support"): Door.of(Role.OPERATOR, people=True),
    ("GET", f"{PAGE}/{{secret}}"): Door.of(Role.ANYBODY),
}
_UNITS = 10**8


def router(site: Site) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/operator/accounts")
    async def accounts(request: Request) -> HTMLResponse:
        return await _page(site, request)

    @pages.post("/operator/accounts/leave")
    async def leave(request: Request) -> HTMLResponse:
        return await _leave(site, request)

    @pages.post("/operator/accounts/support")
    async def support(request: Request) -> HTMLResponse:
        return await _support(site, request)

    @pages.get(f"{PAGE}/{{secret}}")
    async def final(request: Request, secret: str) -> HTMLResponse:
        let_in(site.running.limits.calls, address(request))
        return await _final(site, request, secret)

    return pages


async def _leave(site: Site, request: Request) -> HTMLResponse:
    form, lang = await request.form(), language(request)
    try:
        last, why = date.fromisoformat(str(form.get("last") or "")), Leaving(str(form.get("why") or "other"))
    except ValueError:
        return await _page(site, request, why=words.WRONG)
    member = str(form.get("member") or "")
    try:
        done = await moves_out(site.running, member, last, why, str(request.base_url))
    except (Away, Busy):
        return await _page(site, request, why=words.WRONG)
    if isinstance(done, Said):
        return await _page(site, request, why=done)
    said = [words.LEFT.to(lang).format(member=member, last=written_day(done.last_day, lang))]
    if done.code is not None:
        said.append(words.CODE.to(lang).format(code=done.code))
    return await _page(site, request, done=said, link=done.link)


async def _support(site: Site, request: Request) -> HTMLResponse:
    form, lang = await request.form(), language(request)
    month = str(form.get("month") or "")
    try:
        fund_units = round(float(str(form.get("fund") or "").replace(",", ".")) * _UNITS)
    except (ValueError, OverflowError):
        return await _page(site, request, why=words.WRONG)
    if fund_units < 0:
        return await _page(site, request, why=words.WRONG)
    try:
        outcome = await site.running.keeper.tell(SupportPaid(month, fund_units))
    except (Away, Busy):
        return await _page(site, request, why=words.WRONG)
    if isinstance(outcome, NotTaken):
        return await _page(site, request, why=outcome.why)
    return await _page(site, request, done=[words.PAID.to(lang).format(month=month)])


async def _page(
    site: Site,
    request: Request,
    *,
    done: list[str] | None = None,
    link: str = "",
    why: Said | None = None,
) -> HTMLResponse:
    lang, state = language(request), site.state
    today = site.today().day
    rows = [await _row(site, name, lang) for name in who_left(state)]
    rule = rule_of(state, f"{today:%Y-%m}")
    paid = {} if state.supporting is None else state.supporting.paid
    last_month = today.replace(day=1).toordinal() - 1
    return await in_thread(
        site.web.page,
        request,
        "street/accounts.html",
        status=422 if why else 200,
        words=words,
        done=done,
        link=link,
        why=why,
        rows=rows,
        members=[(name, name) for name, one in state.members.items() if one.last_day is None],
        reasons=[(one.value, LEAVING[one]) for one in Leaving],
        today=today.isoformat(),
        support_lead=words.SUPPORT_LEAD.to(lang).format(
            most=euros(rule.most_per_home_units / _UNITS, lang), percent=rule.share_percent
        ),
        month=f"{date.fromordinal(last_month):%Y-%m}",
        paid=[_paid(site, month, lang) for month in sorted(paid, reverse=True)],
    )


async def _row(site: Site, name: str, lang: Lang) -> list[Said | str]:
    one = site.state.members[name]
    after = next((other for other, each in site.state.members.items() if each.joined.follows == name), NONE)
    found = await account_of(site.running, name)
    stands: Said | str = words.NOT_YET
    if found is not None and not found.waiting:
        until = short_day(found.closes, lang, year=True)
        stands = words.CLOSED if found.is_closed else words.OPEN.to(lang).format(until=until)
    why = LEAVING[Leaving(one.why_left or Leaving.OTHER)]
    return [name, short_day(one.last_day, lang, year=True) if one.last_day else NONE, why, after, stands]


def _paid(site: Site, month: str, lang: Lang) -> list[Said | str]:
    told = told_of(site.running, month)
    if told.homes is None or told.total_units is None:
        return [month, words.FEW, NONE]
    return [month, count(told.homes, lang), euros(told.total_units / _UNITS, lang)]


async def _final(site: Site, request: Request, secret: str) -> HTMLResponse:
    lang = language(request)
    member = await in_thread(linked, site.running, secret, site.now())
    if member is None:
        return site.web.message(request, words.OVER, words.OVER_SAID, status=404)
    found = await account_of(site.running, member)
    if found is None:
        return site.web.message(request, words.FINAL, words.WAITING)
    return site.web.page(
        request,
        "street/final.html",
        words=words,
        lead=words.FINAL_LEAD.to(lang).format(
            member=member, first=written_day(found.bill.first, lang), last=written_day(found.bill.last, lang)
        ),
        said=found.said,
        rows=[
            [line.text, line.because, euros(line.amount_units / _UNITS, lang)] for line in found.bill.lines
        ],
        without_vat=words.WITHOUT_VAT.to(lang).format(eur=euros(found.without_vat_units / _UNITS, lang))
        if ABOUT[found.kind].reclaims_vat
        else "",
        later=[one.because for one in found.corrected],
    )
