"""At home one reads the charter and what a proposal would have made of this home, and votes; the home signs and sends it at once."""

import html

import pytest
from tests.apps.agent.paged_home import CHARTER, Neighbours, paged, token

from laag.adapters.neighbourhood.charter import OwnCharter, Vote
from laag.apps.agent.pages.words import charter as words
from laag.apps.agent.pages.words import frame


def read(client, path="/charter"):
    return html.unescape(client.get(path).text)


def votes(client, **form):
    given = {"form_token": token(client, "/account"), "proposal": "p-1", "choice": "no"} | form
    return client.post("/charter/vote", data=given)


def test_at_home_one_reads_the_rules_the_proposal_and_what_it_makes_of_this_home(tmp_path):
    with paged(tmp_path) as (client, _):
        shown = read(client)
    for said in ("De helft gaat naar verkopers.", "Een derde gaat naar verkopers.", "Energiewet", "€ 1,00 minder", "K7Q3-9XM2"):  # fmt: skip
        assert said in shown, said


def test_a_vote_goes_to_the_neighbourhood_as_it_was_given(tmp_path):
    there = Neighbours()
    with paged(tmp_path, neighbours=there) as (client, _):
        answer = votes(client)
        assert answer.headers["location"] == "/charter?said=voted"
        assert there.told == [("charter/votes", Vote(proposal="p-1", choice="no"))]
        assert words.TAKEN.nl in read(client, "/charter?said=voted")


def test_of_a_neighbourhood_that_is_away_the_rules_are_read_as_they_were_and_no_vote_is_said_to_count(
    tmp_path,
):
    there = Neighbours()
    with paged(tmp_path, neighbours=there) as (client, _):
        read(client)
        there.away = True
        answer = votes(client)
        assert answer.status_code == 503
        assert words.AWAY.nl in html.unescape(answer.text)
        assert frame.STREET_AWAY.nl in read(client)
        assert "De helft gaat naar verkopers." in read(client)


@pytest.mark.parametrize("form", [{"choice": "maybe"}, {"proposal": "../else"}, {"choice": ""}])
def test_what_is_no_vote_is_not_sent(tmp_path, form):
    there = Neighbours()
    with paged(tmp_path, neighbours=there) as (client, _):
        assert votes(client, **form).status_code == 409
    assert not there.told


def test_a_vote_that_is_not_taken_is_said_so(tmp_path):
    there = Neighbours(nothing={OwnCharter})
    with paged(tmp_path, neighbours=there) as (client, _):
        assert words.NOT_TAKEN.nl in html.unescape(votes(client).text)


def test_a_vote_that_is_over_offers_no_form(tmp_path):
    over = CHARTER.proposals[0].model_copy(update={"can_vote": False})
    there = Neighbours()
    there.answers[OwnCharter] = CHARTER.model_copy(update={"proposals": [over]})
    with paged(tmp_path, neighbours=there) as (client, _):
        assert "/charter/vote" not in read(client)
