"""Listen until the source ends or Ctrl-C, and pass on what is heard."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import aclosing
from datetime import datetime

from laag.adapters.dsmr import Kind, Notice, Patience, Reading, Source, listen
from laag.apps.meter import sentences, summary
from laag.apps.meter.hearing import Finished, Hearing
from laag.apps.meter.register_file import RegisterFile
from laag.apps.meter.voices import Voice, voice_for
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang

_TICK_S = 1


def run(source: Source, lang: Lang, *, as_json: bool = False, file: RegisterFile | None = None) -> int:
    """0 when the source ended, or somebody ended it: a meter never does."""
    hearing = Hearing()
    voice = voice_for(hearing, lang, as_json=as_json)
    try:
        asyncio.run(heard(source, hearing, voice, lang, file))
    except KeyboardInterrupt:
        voice.end(file)
    except BaseException:
        voice.abandon()
        raise
    else:
        voice.end(file)
    return 0


async def heard(
    source: Source,
    hearing: Hearing,
    voice: Voice,
    lang: Lang,
    file: RegisterFile | None = None,
    patience: Patience | None = None,
) -> None:
    """All that the source says; a way to the meter that never worked is an error, one that is lost later is told."""
    clock = asyncio.get_running_loop().time
    spoke_s = clock()

    async def tick() -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            voice.show(clock(), clock() - spoke_s)

    ticking = asyncio.create_task(tick())
    # The salt is forgotten with the rest: nothing that is kept can be traced to the meter.
    try:
        async with aclosing(listen(source, secrets.token_bytes(16), patience)) as events:
            async for event in events:
                if fault := _never_worked(event, hearing):
                    raise BadInput(sentences.unreachable(source, fault).to(lang))
                for told in hearing.hear(event, _now(source, hearing)):
                    if file is not None and isinstance(told, Finished):
                        file.add(told)
                    voice.say(told)
                if isinstance(event, Reading):
                    spoke_s = clock()
                voice.show(clock(), clock() - spoke_s)
                await asyncio.sleep(0)  # A file read at full speed would leave no moment for Ctrl-C.
    finally:
        ticking.cancel()
    if not hearing.heard:
        raise BadInput(summary.nothing_in(source, hearing).to(lang))


def _never_worked(event: Reading | Notice, hearing: Hearing) -> OSError | None:
    """The error, if this is the first thing that happens."""
    if hearing.heard or hearing.notices:
        return None
    match event:
        case Notice(kind=Kind.LOST, because=OSError() as fault):
            return fault
        case _:
            return None


def _now(source: Source, hearing: Hearing) -> datetime:
    """What is read from a pipe may be of any day."""
    return source.now() if source.live or hearing.tally is None else hearing.tally.last.reading.at
