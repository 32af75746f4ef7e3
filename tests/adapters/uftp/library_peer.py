"""The other side as the library has it, in a process of its own: `library_peer.py ROLE PORT PEER_URL OUR_KEY PEER_KEY DOMAIN PEER HEARD DAY`.

It writes one line for each message that it processed. Its keys are base64, as it wants them.
"""

import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from shapeshifter_uftp import ShapeshifterAgrService, ShapeshifterDsoService
from shapeshifter_uftp import uftp as u
from xsdata.models.datatype import XmlDate, XmlDuration

ROLE, PORT, PEER_URL, OUR_KEY, PEER_KEY, DOMAIN, PEER, HEARD, DAY = (
    sys.argv[1:10] if __name__ == "__main__" else ["AGR", "0", "-", "-", "-", "-", "-", "-", "-"]
)
POINT = "ean.871685900012636543"


def heard(message):
    with Path(HEARD).open("a", encoding="utf-8") as file:
        result = getattr(message, "result", None)
        print(
            type(message).__name__,
            result or "",
            getattr(message, "rejection_reason", None) or "",
            file=file,
            flush=True,
        )


def flex():
    return {
        "isp_duration": XmlDuration("PT15M"),
        "time_zone": "Europe/Amsterdam",
        "period": XmlDate.from_string(DAY),
        "congestion_point": POINT,
    }


def soon(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def _hears(_, message):
    heard(message)


def all_of(base):
    return dict.fromkeys(base.__abstractmethods__, _hears)


class Dso(type("DsoBase", (ShapeshifterDsoService,), all_of(ShapeshifterDsoService))):
    def process_d_prognosis(self, message):
        heard(message)
        with self.agr_client(PEER) as client:
            client.send_d_prognosis_response(
                u.DPrognosisResponse(
                    d_prognosis_message_id=message.message_id, conversation_id=message.conversation_id
                )
            )
            if message.revision > 1:
                return
            isps = [
                u.FlexRequestISP(
                    disposition="Available", min_power=-50_000, max_power=50_000, start=1, duration=72
                ),
                u.FlexRequestISP(
                    disposition="Requested", min_power=-20_000, max_power=0, start=73, duration=8
                ),
                u.FlexRequestISP(
                    disposition="Available", min_power=-50_000, max_power=50_000, start=81, duration=16
                ),
            ]
            client.send_flex_request(
                u.FlexRequest(**flex(), revision=1, expiration_date_time=soon(1), isps=isps)
            )

    def process_flex_offer(self, message):
        heard(message)
        option = message.offer_options[0]
        with self.agr_client(PEER) as client:
            client.send_flex_offer_response(
                u.FlexOfferResponse(
                    flex_offer_message_id=message.message_id, conversation_id=message.conversation_id
                )
            )
            isps = [
                u.FlexOrderISP(power=one.power // 2, start=one.start, duration=one.duration)
                for one in option.isps
            ]
            client.send_flex_order(
                u.FlexOrder(
                    **flex(), flex_offer_message_id=message.message_id, price=option.price / 2, currency="EUR",
                    conversation_id=message.conversation_id, order_reference="order-1", option_reference=option.option_reference,
                    activation_factor=Decimal("0.50"), isps=isps,
                )
            )  # fmt: skip


class Agr(type("AgrBase", (ShapeshifterAgrService,), all_of(ShapeshifterAgrService))):
    def prognose(self):
        isps = [
            u.DPrognosisISP(power=40_000, start=1, duration=72),
            u.DPrognosisISP(power=120_000, start=73, duration=8),
            u.DPrognosisISP(power=40_000, start=81, duration=16),
        ]
        with self.dso_client(PEER) as client:
            client.send_d_prognosis(u.DPrognosis(**flex(), revision=1, isps=isps))

    def process_flex_request(self, message):
        heard(message)
        asked = [one for one in message.isps if one.disposition == "Requested"]
        isps = [
            u.FlexOfferOptionISP(power=one.min_power, start=one.start, duration=one.duration) for one in asked
        ]
        with self.dso_client(PEER) as client:
            client.send_flex_request_response(
                u.FlexRequestResponse(
                    flex_request_message_id=message.message_id, conversation_id=message.conversation_id
                )
            )
            option = u.FlexOfferOption(
                option_reference="all",
                price=Decimal("2.40"),
                min_activation_factor=Decimal("0.10"),
                isps=isps,
            )
            client.send_flex_offer(
                u.FlexOffer(
                    **flex(), conversation_id=message.conversation_id, expiration_date_time=soon(3),
                    flex_request_message_id=message.message_id, currency="EUR", offer_options=[option],
                )
            )  # fmt: skip

    def process_flex_order(self, message):
        heard(message)
        with self.dso_client(PEER) as client:
            client.send_flex_order_response(
                u.FlexOrderResponse(
                    flex_order_message_id=message.message_id, conversation_id=message.conversation_id
                )
            )


def live():
    made = {"DSO": Dso, "AGR": Agr}[ROLE](
        DOMAIN,
        OUR_KEY,
        key_lookup_function=lambda *_: PEER_KEY,
        endpoint_lookup_function=lambda *_: PEER_URL,
        host="127.0.0.1",
        port=int(PORT),
    )
    with made:
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        if ROLE == "AGR":
            made.prognose()
        sys.stdin.read()


if __name__ == "__main__":
    live()
