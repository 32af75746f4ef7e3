"""Public defaults come from files that say who drew them up, and refuse what they cannot mean."""

from datetime import date

import pytest

from laag.adapters import defaults
from laag.foundation.errors import BadInput
from laag.home.defaults import Status, Sure
from laag.home.preferences import SliderWeights

OWN = """
[edition]
id = "nl-lombok-2027.01"
status = "adopted"
proposed_by = { nl = "de werkgroep", en = "the working group" }
proposed_on = 2026-12-01
adopted_by = { nl = "de ledenvergadering van Lombok", en = "the members of Lombok" }
adopted_on = 2027-01-15
why = { nl = "zo willen wij het", en = "this is how we want it" }
source = "minutes of 15 January 2027"

[slider]
stress_eur_per_kwh = 0.2
stress_source = "voted"
eur_per_kg_co2 = 0.3
co2_source = "voted"
sure = "choice"

[[line]]
says = "help het net"
why = { nl = "samen", en = "together" }
source = "voted"
sure = "choice"
"""


def own(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("edition", defaults.shipped())
def test_a_shipped_edition_says_where_all_of_it_comes_from(edition):
    loaded = defaults.load(edition)
    assert loaded.provenance.edition == edition
    assert loaded.provenance.source
    assert all(line.source and line.why.nl and line.why.en for line in loaded.lines)


def test_what_is_shipped_claims_no_more_than_it_is():
    provenance = defaults.load().provenance
    assert (provenance.status, provenance.adopted_by, provenance.adopted_on) == (Status.PROPOSED, None, None)
    assert "nog door geen gemeenschap aangenomen" in provenance.said.nl


def test_a_community_has_its_own(tmp_path):
    loaded = defaults.load(own(tmp_path, OWN))
    assert loaded.provenance.adopted_on == date(2027, 1, 15)
    assert loaded.provenance.said.nl == (
        "Publieke standaard nl-lombok-2027.01, aangenomen door de ledenvergadering van Lombok op 2027-01-15."
    )
    assert loaded.weights == SliderWeights(0.2, 0.3)
    assert [line.sure for line in loaded.lines] == [Sure.CHOICE]


def test_a_withdrawn_edition_says_so(tmp_path):
    withdrawn = OWN.replace('"adopted"', '"withdrawn"')
    assert defaults.load(own(tmp_path, withdrawn)).provenance.said.en.endswith("on 2026-12-01, withdrawn.")


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        (
            'says = "help het net"',
            'says = "help the net"',
            r"line\.0\.says: 'help the net' is understood up to 'help'",
        ),
        ("adopted_on = 2027-01-15", "", "says adopted_by and adopted_on"),
        ('"adopted"', '"proposed"', "adopted by nobody yet"),
        ('sure = "choice"', 'sure = "certain"', r"slider\.sure"),
        ("nl-lombok-2027.01", "Lombok", r"edition\.id"),
        ("[[line]]", "[[lines]]", "own.toml, line"),
        ("stress_eur_per_kwh = 0.2", "stress_eur_per_kwh = nan", r"slider\.stress_eur_per_kwh"),
        ('co2_source = "voted"', "", r"slider\.co2_source"),
        ("[edition]", "[edition", "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_says_where(tmp_path, was, becomes, why):
    assert was in OWN
    with pytest.raises(BadInput, match=why):
        defaults.load(own(tmp_path, OWN.replace(was, becomes, 1)))


def test_an_edition_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(BadInput, match=r"no public defaults 'nl-1999.01'; there are nl-2026.11"):
        defaults.load("nl-1999.01")
    with pytest.raises(BadInput, match="cannot read the defaults"):
        defaults.load(tmp_path / "none.toml")
