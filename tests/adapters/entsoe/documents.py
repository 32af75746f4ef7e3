"""Documents of our own making, in the shape that ENTSO-E documents."""

import io
import zipfile
from datetime import date, timedelta

from laag.foundation.ptu import AMSTERDAM, PtuGrid

NL = "10YNL----------L"
NO_DATA = """<?xml version="1.0" encoding="UTF-8"?>
<Acknowledgement_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0">
  <mRID>bad7ffa5-1a1b-4</mRID>
  <createdDateTime>2026-05-31T10:14:35Z</createdDateTime>
  <Reason><code>999</code><text>No matching data found for Data item ENERGY_PRICES [12.1.D] (10YNL----------L,
  10YNL----------L) and interval 2026-05-31T22:00:00.000Z/2026-06-01T22:00:00.000Z.</text></Reason>
</Acknowledgement_MarketDocument>"""
REFUSED = NO_DATA.replace("No matching data found for", "Invalid query attributes or parameters:")


def day_of(text):
    return PtuGrid.day(date.fromisoformat(text), AMSTERDAM)


def points(cents, curve="A01", tag="price.amount", category=None):
    """A point for each amount, or with A03 for each that differs from the one before."""
    said = []
    for position, amount in enumerate(cents, 1):
        if curve == "A03" and position > 1 and amount == cents[position - 2]:
            continue
        kind = f"<imbalance_Price.category>{category}</imbalance_Price.category>" if category else ""
        price = f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"
        said.append(f"<Point><position>{position}</position><{tag}>{price}</{tag}>{kind}</Point>")
    return "".join(said)


def period(start, cents, minutes=15, **how):
    end = start + len(cents) * timedelta(minutes=minutes)
    return (
        f"<Period><timeInterval><start>{start:%Y-%m-%dT%H:%MZ}</start><end>{end:%Y-%m-%dT%H:%MZ}</end></timeInterval>"
        f"<resolution>PT{minutes}M</resolution>{points(cents, **how)}</Period>"
    )


def series(*periods, curve="A01", sequence=1, area=NL, currency="EUR", unit="MWH", agreement="A01"):
    position = "classificationSequence_AttributeInstanceComponent.position"
    of_auction = f"<{position}>{sequence}</{position}>" if sequence else ""
    return (
        "<TimeSeries><mRID>1</mRID><auction.type>A01</auction.type><businessType>A62</businessType>"
        f'<in_Domain.mRID codingScheme="A01">{area}</in_Domain.mRID>'
        f'<out_Domain.mRID codingScheme="A01">{area}</out_Domain.mRID>'
        f"<contract_MarketAgreement.type>{agreement}</contract_MarketAgreement.type>"
        f"<currency_Unit.name>{currency}</currency_Unit.name><price_Measure_Unit.name>{unit}</price_Measure_Unit.name>"
        f"{of_auction}<curveType>{curve}</curveType>{''.join(periods)}</TimeSeries>"
    )


def publication(*all_series):
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Publication_MarketDocument '
        'xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3"><mRID>67528d12</mRID><revisionNumber>1'
        "</revisionNumber><type>A44</type><createdDateTime>2026-05-31T11:00:44Z</createdDateTime>"
        f"{''.join(all_series)}</Publication_MarketDocument>"
    ).encode()


def balancing(*periods, curve="A01", area=NL):
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Balancing_MarketDocument '
        'xmlns="urn:iec62325.351:tc57wg16:451-6:balancingdocument:4:4"><mRID>5</mRID><type>A85</type>'
        f'<process.processType>A16</process.processType><area_Domain.mRID codingScheme="A01">{area}</area_Domain.mRID>'
        "<TimeSeries><mRID>1</mRID><businessType>A19</businessType><currency_Unit.name>EUR</currency_Unit.name>"
        f"<price_Measure_Unit.name>MWH</price_Measure_Unit.name><curveType>{curve}</curveType>"
        f"{''.join(periods)}</TimeSeries></Balancing_MarketDocument>"
    ).encode()


def zipped(*documents):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, document in enumerate(documents):
            archive.writestr(f"{number}.xml", document)
    return whole.getvalue()
