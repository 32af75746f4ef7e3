"""Every instruction as one sentence, in Dutch and in English: what a device does, and what decided it."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, clock, pointed
from laag.home.devices import Device
from laag.home.operate.instruct import Instruction, Why

_RESTS_KW = 0.005

_TAKES: Mapping[Device, Said] = {
    Device.BATTERY: Said("De batterij laadt met {power_kw}", "The battery charges at {power_kw}"),
    Device.EV: Said("De auto laadt met {power_kw}", "The car charges at {power_kw}"),
    Device.HEAT_PUMP: Said(
        "De warmtepomp draait voor de kamers op {power_kw}", "The heat pump heats the rooms at {power_kw}"
    ),
    Device.WATER: Said("Het warme water krijgt {power_kw}", "The hot water gets {power_kw}"),
    Device.PV: Said("De zonnepanelen geven hooguit {power_kw}", "The solar panels give at most {power_kw}"),
    Device.APPLIANCE: Said('De machine "{which}" start', "The {which} starts"),
}
_GIVES: Mapping[Device, Said] = {
    Device.BATTERY: Said("De batterij geeft {power_kw}", "The battery gives {power_kw}"),
    Device.EV: Said("De auto geeft {power_kw} terug", "The car gives back {power_kw}"),
}
_RESTS: Mapping[Device, Said] = {
    Device.BATTERY: Said("De batterij rust", "The battery rests"),
    Device.EV: Said("De auto wacht", "The car waits"),
    Device.HEAT_PUMP: Said("De warmtepomp staat uit voor de kamers", "The heat pump is off for the rooms"),
    Device.WATER: Said("Het warme water wordt niet verwarmd", "The hot water is not heated"),
    Device.PV: Said("De zonnepanelen staan uit", "The solar panels are off"),
}
_FREELY = Said("De zonnepanelen geven wat ze kunnen", "The solar panels give what they can")

_BECAUSE: Mapping[Why, Said] = {
    Why.PLAN: Said("zo is het gepland", "that is the plan"),
    Why.SIMPLE: Said(
        "er is geen plan dat nog geldt, dus doet het huis wat het altijd kan",
        "there is no plan that still holds, so the home does what it always can",
    ),
    Why.ABSORBS: Said(
        "het huis vraagt {unforeseen_kw} dan verwacht, en dit kost minder dan {price_eur_per_kwh} op straat",
        "the home asks {unforeseen_kw} than expected, and this costs less than {price_eur_per_kwh} in the street",
    ),
    Why.READY: Said(
        "anders is hij niet op tijd op {wanted_kwh}", "otherwise it would not hold {wanted_kwh} in time"
    ),
    Why.COMFORT: Said(
        "binnen is het {indoor_c}, en het moet behaaglijk blijven",
        "it is {indoor_c} indoors, and it must stay comfortable",
    ),
    Why.WAITS: Said(
        "over {left_s} volgt het nieuwe kwartier; niet de hele straat tegelijk",
        "the new quarter-hour follows in {left_s}; not the whole street at once",
    ),
    Why.WAITS_LIMIT: Said(
        "over {left_s} gaat een andere grens gelden; niet de hele straat tegelijk",
        "another limit begins in {left_s}; not the whole street at once",
    ),
    Why.SLOWLY: Said(
        "op weg naar {wanted_kw}, rustig aan: anders verspringt de hele straat tegelijk",
        "on its way to {wanted_kw}, gently: otherwise the whole street would jump at once",
    ),
    Why.CALM: Said(
        "het plan draaide dit uur al {turn_count} keer om, dus blijft het even zo",
        "the plan turned around {turn_count} times this hour already, so this stays for a while",
    ),
    Why.RETURNS: Said(
        "de stroom is net terug en dit apparaat wacht nog {left_s}, zodat niet de hele straat tegelijk start",
        "the power has just come back and this device waits {left_s} more, so that not the whole street starts at once",
    ),
    Why.RAMP: Said("op weg naar {wanted_kw}, in kleine stappen", "on its way to {wanted_kw}, in small steps"),
    Why.STEADY: Said(
        "het plan vraagt nu {wanted_kw}, en dat is te weinig verschil of te kort na de vorige keer",
        "the plan now asks for {wanted_kw}, and that is too small a change, or too soon after the last",
    ),
    Why.FUSE: Said(
        "de aansluiting zou {carried_kw} dragen en kan {most_kw} aan",
        "the connection would carry {carried_kw} and can bear {most_kw}",
    ),
    Why.PHASE: Said(
        "fase {phase_count} zou {carried_a} dragen en kan {most_a} aan",
        "phase {phase_count} would carry {carried_a} and can bear {most_a}",
    ),
    Why.LIMIT: Said(
        "het huis zou {carried_kw} vragen en er is om hooguit {most_kw} gevraagd",
        "the home would ask {carried_kw}, and at most {most_kw} was requested",
    ),
    Why.PROMISED: Said(
        "het huis heeft de netbeheerder beloofd {promised_kw}",
        "the home promised the grid operator {promised_kw}",
    ),
    Why.AMPERES: Said(
        "een auto laadt met hele ampères, en met minstens zes: nu {current_a}",
        "a car charges in whole amperes, at least six: now {current_a}",
    ),
    Why.SILENT_DEVICE: Said(
        "al {silent_s} niets van gehoord, dus krijgt het iets veiligs en daarna geen opdracht",
        "nothing heard of it for {silent_s}, so it is told something safe and then left alone",
    ),
    Why.SILENT_METER: Said(
        "de meter zwijgt {silent_s}, dus blijft alles zoals het was",
        "the meter has been silent for {silent_s}, so everything stays as it was",
    ),
    Why.BLIND: Said(
        "de meter zwijgt al {silent_s}, dus gaat het huis uit van schattingen en houdt het ruimte over",
        "the meter has been silent for {silent_s}, so the home goes by estimates and keeps room to spare",
    ),
    Why.STARTS: Said("het is de geplande tijd", "it is the planned time"),
}


def say(instruction: Instruction) -> Said:
    """The sentence.

    >>> from laag.home.operate.instruct import Because
    >>> phase = Because(Why.PHASE, {"phase_count": 2, "carried_a": 27.4, "most_a": 25})
    >>> say(Instruction(Device.EV, 2.3, phase)).en
    'The car charges at 2.3 kW: phase 2 would carry 27.4 A and can bear 25.0 A.'
    >>> say(Instruction(Device.EV, 2.3, phase)).nl
    'De auto laadt met 2,3 kW: fase 2 zou 27,4 A dragen en kan 25,0 A aan.'
    """
    does = _does(instruction)
    why = _BECAUSE[instruction.because.why].filled(instruction.because.numbers, _written)
    return Said(f"{does.nl}: {why.nl}.", f"{does.en}: {why.en}.")


def _does(instruction: Instruction) -> Said:
    device, kw = instruction.device, instruction.power_kw
    if device is Device.PV and kw == float("inf"):
        return _FREELY
    if device is Device.APPLIANCE:
        return Said(
            *(text.format(which=instruction.which) for text in (_TAKES[device].nl, _TAKES[device].en))
        )
    if abs(kw) < _RESTS_KW:
        return _RESTS[device]
    return (_TAKES if kw > 0 else _GIVES)[device].filled({"power_kw": abs(kw)}, _written)


def _written(name: str, number: float, lang: Lang) -> str:
    """One number in words, by the ending of its name."""
    if name.endswith("eur_per_kwh"):
        return f"{pointed(f'{100 * number:.1f}', lang)} ct/kWh"
    if name == "unforeseen_kw":
        return f"{_kw(abs(number), lang)} {_MORE[number >= 0].to(lang)}"
    if name == "promised_kw":
        return _AT_LEAST[number >= 0].to(lang).format(_kw(abs(number), lang))
    if name == "wanted_kw" and number < _RESTS_KW:
        return _GIVING.to(lang).format(_kw(-number, lang)) if number <= -_RESTS_KW else _NOTHING.to(lang)
    ending = name.rpartition("_")[2]
    if ending == "quarter":
        return clock(round(number))
    if ending == "count":
        return f"{number:.0f}"
    if ending == "s":
        return _lasting(number, lang)
    if ending not in _UNITS:
        raise BadInput(
            f"the number {name} does not end in what it counts; end its name in one of {list(_UNITS)}"
        )
    return f"{pointed(f'{number:.1f}', lang)} {_UNITS[ending]}"


def _kw(kw: float, lang: Lang) -> str:
    return f"{pointed(f'{kw:.1f}', lang)} kW"


_MORE = {True: Said("meer", "more"), False: Said("minder", "less")}
_AT_LEAST = {
    True: Said("minstens {} af te nemen", "to take at least {}"),
    False: Said("minstens {} te geven", "to give at least {}"),
}
_GIVING, _NOTHING = Said("{} geven", "giving {}"), Said("niets", "nothing")
_UNITS = {"kw": "kW", "kwh": "kWh", "a": "A", "c": "°C"}


def _lasting(seconds: float, lang: Lang) -> str:
    """Seconds up to two minutes, minutes beyond."""
    if not seconds < float("inf"):
        return "altijd" if lang is Lang.NL else "ever"
    if seconds < 120:
        return f"{seconds:.0f} {'seconden' if lang is Lang.NL else 'seconds'}"
    return f"{seconds / 60:.0f} {'minuten' if lang is Lang.NL else 'minutes'}"
