"""`laag meter`: what a household sees of its meter, what a program reads, and what happens when there is no meter."""

import asyncio
import io
import json
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from tests.adapters.dsmr.telegrams import signed, telegram

from laag.adapters.dsmr import Accepted, Kind, Notice, Reading, Serial, Why
from laag.adapters.p1 import read_registers
from laag.apps.cli import main
from laag.apps.meter import listening, sentences
from laag.apps.meter.hearing import Hearing
from laag.apps.meter.page import page
from laag.apps.meter.register_file import RegisterFile
from laag.apps.meter.source import source_of
from laag.apps.meter.tally import Count, Tally
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Lang, Said

START = datetime(2024, 6, 12, 11, tzinfo=UTC)
METER = "30313233343536373839"


def at(second, wh, **more):
    """A telegram so many seconds after 13:00 in summer."""
    local = START + timedelta(hours=2, seconds=second)
    return telegram(stamp=f"{local:%y%m%d%H%M%S}S", import_1_wh=1_000_000 + wh, **more)


def hour(offset=0, first=0, last=3700):
    """1200 Wh an hour, a telegram every ten seconds."""
    return [at(second, second // 3) for second in range(first + offset, last, 10)]


@pytest.fixture
def file(tmp_path):
    def written(*telegrams, name="telegrams.txt"):
        path = tmp_path / name
        path.write_bytes(b"".join(telegrams))
        return str(path)

    return written


@pytest.fixture
def out(capsys, monkeypatch):
    """Run the command and give its exit code and what it printed."""

    def run(*arguments, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        code = main(["meter", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def as_json(text):
    return [json.loads(line) for line in text.splitlines()]


def flat(text):
    return " ".join(text.split())


QUARTERS = ["13:00–13:15", "13:15–13:30", "13:30–13:45", "13:45–14:00"]


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize(
    ("language", "first", "quarter", "end"),
    [
        ("nl", "Nu: neemt 250 W.", "300 Wh afgenomen, 0 Wh geleverd (gemeten)", "1,230 kWh afgenomen"),
        ("en", "Now: takes 250 W.", "took 300 Wh, gave 0 Wh (measured)", "took 1.230 kWh"),
    ],
)
def test_lines_where_there_is_no_terminal(out, file, columns, language, first, quarter, end):
    code, text, err = out(file(*hour()), "--language", language, columns=columns)
    assert (code, err) == (0, "")
    assert max(len(line) for line in text.splitlines()) <= columns
    assert first in flat(text)
    assert flat(text).count(quarter) == 4
    assert all(span in text for span in QUARTERS)
    assert end in flat(text)
    assert METER not in text


def test_a_quarter_hour_that_was_not_measured_on_its_edges_says_so(out, file):
    _, text, _ = out(file(*hour(offset=5)))
    assert flat(text).count("took 300 Wh, gave 0 Wh (estimated, sure to 6 Wh)") == 3
    assert "Quarter-hours: 3, 3 of them estimated, each sure to 6 Wh." in flat(text)


def test_a_line_of_json_per_quarter_hour_and_per_notice(out, file):
    sent = hour()
    sent[50] = sent[50].replace(b"00.250", b"99.250")
    code, text, _ = out(file(*sent), "--json", "--lang", "nl")
    notice, *quarters, total = (line for line in as_json(text))
    assert code == 0
    assert (notice["kind"], notice["about"], notice["why"]) == ("notice", "left", "wrong_crc")
    assert notice["said"] == "Een telegram telt niet mee: de controlesom (CRC) klopt niet."
    assert quarters[0] == {
        "kind": "quarter",
        "start": "2024-06-12T11:00:00Z",
        "end": "2024-06-12T11:15:00Z",
        "import_wh": 300,
        "export_wh": 0,
        "estimated": False,
        "unsure_wh": 0,
    }
    assert [quarter["import_wh"] for quarter in quarters] == [300] * 4
    assert (total["kind"], total["import_wh"], total["telegrams_set_aside"]) == ("summary", 1230, 1)


def test_gas_is_counted_by_the_day_it_was_used(out, file):
    """What a gas meter says at midnight is of the hour before it, and is in neither the day after nor lost."""
    midnight = 11 * 3600
    sent = [
        gas(at(midnight - 10, 0), "240612230000S", "00321.045"),
        gas(at(midnight + 10, 2), "240613000000S", "00321.545"),
        gas(at(midnight + 3700, 9), "240613010000S", "00321.645"),
    ]
    assert "gas 0.100 m³ today, 0.600 m³ since 12-06 23:59 (as of 01:00)" in flat(shown(heard(*sent), 80))
    total = as_json(out(file(*sent), "--json")[1])[-1]
    assert total["others"] == [{"kind": "gas", "count": 600, "unit": "dm3"}]


def gas(one, stamp, cubic_metres):
    return resigned(one.replace(b"240612130500S)(00321.045", f"{stamp})({cubic_metres}".encode()))


def resigned(one):
    return signed(one[: one.rindex(b"!") + 1])


def test_a_meter_that_falls_back_is_set_aside_and_counts_again_when_three_agree(out, file):
    sent = [at(0, 500), at(10, 510), *(at(20 + 10 * i, i) for i in range(5))]
    _, text, _ = out(file(*sent), "--json")
    *told, total = as_json(text)
    assert [one["about"] for one in told] == ["set_aside", "set_aside", "anew"]
    assert told[0]["why"] == "back"
    assert told[0]["said"] == "A reading was set aside: a register runs backwards (reset or replaced)."
    assert (total["import_wh"], total["whole"]) == (10 + 2, False)


def test_the_same_notice_is_one_line(out, file):
    spoiled = [one.replace(b"00.250", b"99.250") for one in hour(last=100)]
    _, text, _ = out(file(at(-10, 0), *spoiled))
    assert text.count("A telegram was set aside") == 1
    assert "Set aside: telegrams 10, readings 0." in text


# Where it comes from


@contextmanager
def piped(monkeypatch, stream):
    """Another program that writes to our standard input, in odd pieces."""
    ours, theirs = os.pipe()

    def write():
        with os.fdopen(theirs, "wb", buffering=0) as pipe:
            for piece in pieces(stream):
                pipe.write(piece)

    writing = threading.Thread(target=write)
    writing.start()
    with os.fdopen(ours, "rb") as given, io.TextIOWrapper(given) as text:
        monkeypatch.setattr(sys, "stdin", text)
        yield
    writing.join()


def pieces(stream, seed=1):
    rng, at = random.Random(seed), 0
    while at < len(stream):
        size = rng.choice((1, 2, 7, 100, 999, 4000))
        yield stream[at : at + size]
        at += size


def test_standard_input_and_a_file_say_the_same(out, file, monkeypatch):
    _, expected, _ = out(file(*hour()), "--json")
    with piped(monkeypatch, b"".join(hour())):
        assert out("-", "--json") == (0, expected, "")


def test_over_tcp_in_odd_pieces(file):
    """The command as it runs at home: it reads on until it is interrupted, and then sums up."""
    done = over_tcp(
        b"".join(hour()),
        "--json",
        until=lambda text: text.count('"kind": "quarter"') == 4,
    )
    *told, total = as_json(done[1])
    assert done[0] == 0
    assert [one["import_wh"] for one in told if one["kind"] == "quarter"] == [300] * 4
    assert [one["about"] for one in told if one["kind"] == "notice"] == ["clock"]
    assert total["kind"] == "summary"
    assert 1200 <= total["import_wh"] <= 1230
    assert done[2] == ""


def over_tcp(stream, *options, until):
    """Exit code, output and errors of the command, interrupted once its output is enough."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        source = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        command = subprocess.Popen(
            [sys.executable, "-m", "laag.apps.cli", "meter", source, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        with command:
            connection, _ = server.accept()
            with connection:
                for piece in pieces(stream):
                    connection.sendall(piece)
                seen = ""
                while not until(seen):
                    line = command.stdout.readline()
                    assert line, command.stderr.read()
                    seen += line
                command.send_signal(signal.SIGINT)
                rest, err = command.communicate(timeout=30)
    return command.returncode, seen + rest, err


def test_ctrl_c_ends_it_also_while_another_program_writes_nothing():
    with subprocess.Popen(
        [sys.executable, "-m", "laag.apps.cli", "meter", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as command:  # fmt: skip
        command.stdin.write(at(0, 0) + at(900, 300))
        command.stdin.flush()
        assert b"takes 250 W" in command.stdout.readline()
        assert b"took 300 Wh" in command.stdout.readline()
        command.send_signal(signal.SIGINT)
        command.wait(timeout=20)
        assert command.returncode == 0
        assert b"took 0.300 kWh" in command.stdout.read()
        assert command.stderr.read() == b""


# The page


def shown(hearing, columns, lang=Lang.EN, quiet_s=0.0):
    console = Console(width=columns, file=io.StringIO(), highlight=False)
    console.print(page(hearing, lang, quiet_s))
    return console.file.getvalue()


def heard(*telegrams):
    from laag.adapters.dsmr import Framer, reading_of

    hearing = Hearing()
    for found in Framer().feed(b"".join(telegrams)):
        event = reading_of(found, START, b"salt")
        if isinstance(event, Finding):
            event = Notice(Kind.LEFT, event, found.verdict)
        hearing.hear(event, START)
    return hearing


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("lang", Lang)
def test_the_page_fits_its_terminal(columns, lang):
    sent = hour(offset=5)
    sent[7] = sent[7].replace(b"00.250", b"99.250")
    text = shown(heard(*sent, at(3710, 0), *sent[:3]), columns, lang)
    assert max(len(line) for line in text.splitlines()) <= columns
    assert len(text.splitlines()) <= (24 if columns == 80 else 40)
    assert METER not in text


def test_the_page_says_what_now_this_quarter_today_and_since_it_began():
    text = flat(shown(heard(*hour()), 80))
    for words in (
        "Wednesday 12 June 2024, 14:01:30",
        "Now: takes 250 W",
        "L1 takes 250 W 230 V 1 A",
        "this quarter 30 Wh 0 Wh",
        "today (13:00–) 1.230 kWh 0.000 kWh",
        "since 13:00 1.230 kWh 0.000 kWh",
        "gas 0.000 m³ today, 0.000 m³ since 13:00 (as of 13:05)",
        "13:45–14:00 took 300 Wh, gave 0 Wh (measured)",
        "Quarter-hours: 4, all measured.",
    ):
        assert words in text


def test_the_page_begins_before_the_meter_does():
    assert "Nog niets gehoord" in shown(Hearing(), 80, Lang.NL)


def test_a_page_on_a_terminal_is_left_with_a_summary(file, monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["meter", file(*hour())]) == 0
    text = capsys.readouterr().out
    assert "Smart meter" in text
    assert flat(text).endswith("Quarter-hours: 4, all measured.")


class Jump(selectors.DefaultSelector):
    """Nobody waits: time leaps to what happens next."""

    now_s = 0.0

    def select(self, timeout=None):
        self.now_s += timeout or 0
        return super().select(0)


def leaping():
    selector = Jump()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now_s
    return loop


class Played:
    """A live source that says this, each after so many seconds."""

    name, live = "meter", True

    def __init__(self, *chunks) -> None:
        self._chunks = list(chunks)

    def now(self):
        return START

    async def chunks(self):
        while self._chunks:
            after_s, chunk = self._chunks.pop(0)
            await asyncio.sleep(after_s)
            if chunk is None:
                raise asyncio.CancelledError
            yield chunk


class Recorded:
    """A voice that keeps what the page showed each second."""

    def __init__(self, hearing) -> None:
        self.hearing, self.pages, self.told = hearing, [], []

    def say(self, told):
        self.told.append(told)

    def show(self, _now_s, quiet_s):
        self.pages.append(flat(shown(self.hearing, 80, quiet_s=quiet_s)))


def played(*chunks):
    hearing = Hearing()
    voice = Recorded(hearing)
    with asyncio.Runner(loop_factory=leaping) as runner, pytest.raises(asyncio.CancelledError):
        runner.run(listening.heard(Played(*chunks), hearing, voice, Lang.EN))
    return voice


def test_a_meter_that_falls_silent_is_told_and_the_page_no_longer_says_now():
    voice = played(
        (0, at(0, 0)), (10, at(10, 3)), (400, b"late"), (400, b"late"), (5, at(300, 90)), (5, None)
    )
    assert [told.about for told in voice.told] == ["silent", "silent", "back", "clock"]
    assert (
        voice.told[0].said.en == "The meter is silent: nothing comes. Is the cable in, and the P1 port open?"
    )
    assert any("Nothing heard for 2 minutes; last: takes 250 W" in text for text in voice.pages)
    assert "Now: takes 250 W" in voice.pages[0]


# What is counted


def accepted(second, wh, export_wh=0, era=0, begin=START):
    moment = begin + timedelta(seconds=second)
    return Accepted(
        Reading(
            moment, stamped=True, checked=True, meter="a", version=None, import_wh=wh, export_wh=export_wh
        ),
        era,
    )


def tallied(first, *rest):
    tally = Tally.begun(first)
    for one in rest:
        tally = tally.after(one)
    return tally


def test_a_new_day_and_a_new_quarter_begin_on_their_edge():
    """From five seconds before midnight to fifteen after it the meter counted 20 Wh."""
    evening = datetime(2024, 6, 12, 21, 59, 55, tzinfo=UTC)
    tally = tallied(
        accepted(-10, 90, begin=evening), accepted(0, 100, begin=evening), accepted(20, 120, begin=evening)
    )
    midnight = evening + timedelta(seconds=5)
    assert tally.today == Count(midnight, 15, 0)
    assert tally.quarter == Count(midnight, 15, 0)
    assert tally.since == Count(evening - timedelta(seconds=10), 30, 0)


def test_after_hours_without_a_reading_a_quarter_is_counted_from_where_the_meter_spoke_again():
    tally = tallied(accepted(0, 100), accepted(2 * 3600 + 60, 900, None), accepted(2 * 3600 + 70, 903, None))
    assert tally.quarter == Count(START + timedelta(seconds=7260), 3, None)
    assert tally.today == Count(START, 803, None)


def test_what_lies_between_two_meters_is_not_energy():
    tally = tallied(accepted(0, 100), accepted(10, 103), accepted(20, 5000, era=1), accepted(30, 5004, era=1))
    assert tally.since == Count(START, 7, 0, whole=False)


def test_a_clock_that_was_set_back_begins_anew():
    tally = tallied(accepted(0, 100), accepted(-60, 101, era=1), accepted(-50, 103, era=1))
    assert tally.since == Count(START - timedelta(seconds=60), 2, 0, whole=False)


# The file


def test_the_file_reads_back_as_what_the_meter_counted(out, file, tmp_path):
    path = tmp_path / "meter.csv"
    sent = [at(second, second // 3, export_1_wh=second // 9) for second in range(0, 3610, 10)]
    assert out(file(*sent), "--csv", str(path))[0] == 0
    read = read_registers(path, PtuGrid(START, 4))
    np.testing.assert_allclose(read.import_kw.values, 1.2)
    np.testing.assert_allclose(read.export_kw.values, 0.4)
    assert read.findings == ()
    assert METER not in path.read_text()


def test_a_file_goes_on_after_a_restart_and_counts_nothing_twice(out, file, tmp_path):
    """The second run begins half an hour later, repeats a quarter of an hour, and misses what lies between."""
    path = tmp_path / "meter.csv"
    for first, last in ((0, 1810), (900, 1810), (3605, 7210)):
        out(file(*hour(first=first, last=last)), "--csv", str(path))
    assert [row.split(",")[0][11:16] for row in path.read_text().splitlines()[1:]] == [
        "11:00", "11:15", "11:30", "12:15", "12:30", "12:45", "13:00",
    ]  # fmt: skip
    read = read_registers(path, PtuGrid(START, 8))
    np.testing.assert_allclose(read.import_kw.values, 1.2, atol=0.002)
    assert [finding.what for finding in read.findings] == ["no readings"]


def test_what_was_in_it_already_is_said(out, file, tmp_path):
    given = (file(*hour()), "--csv", str(tmp_path / "meter.csv"), "--lang", "nl")
    assert "Kwartieren bijgeschreven in meter.csv: 4." in out(*given)[1]
    assert "Kwartieren bijgeschreven in meter.csv: 0; er al in: 4." in out(*given)[1]


@pytest.mark.parametrize("cut", [1, 9, 30, 10_000])
def test_a_row_that_was_cut_off_is_written_again(out, file, tmp_path, cut):
    path = tmp_path / "meter.csv"
    out(file(*hour()), "--csv", str(path))
    whole = path.read_bytes()
    path.write_bytes(whole[: max(len(whole) - cut, 10)])
    out(file(*hour()), "--csv", str(path))
    assert path.read_bytes() == whole


def test_a_meter_without_export_has_no_such_column(out, file, tmp_path):
    path = tmp_path / "meter.csv"
    sent = [at(second, second // 3) for second in range(0, 1810, 10)]
    kept = [unsigned_export(one) for one in sent]
    out(file(*kept), "--csv", str(path))
    assert path.read_text().splitlines()[:2] == [
        "time_utc,import_register_kwh,unsure_wh",
        "2024-06-12T11:00:00Z,3000.000,",
    ]
    np.testing.assert_allclose(read_registers(path, PtuGrid(START, 2)).import_kw.values, 1.2)


def unsigned_export(one):
    lines = one[: one.rindex(b"!") + 1].split(b"\r\n")
    return signed(b"\r\n".join(line for line in lines if not line.startswith(b"1-0:2.8.")))


def test_nothing_is_left_where_no_quarter_hour_was_finished(out, file, tmp_path):
    path = tmp_path / "meter.csv"
    out(file(at(10, 0), at(20, 3)), "--csv", str(path))
    assert not path.exists()


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "time_utc,import_register_kwh,unsure_wh\nyesterday,1,2\n", "x"]
)
def test_a_file_of_somebody_else_is_left_alone(out, file, tmp_path, text):
    path = tmp_path / "other.csv"
    path.write_text(text)
    code, _, err = out(file(*hour()), "--csv", str(path))
    assert (code, path.read_text()) == (2, text)
    assert "give another" in err


def test_a_device_is_no_file(out, file):
    code, _, err = out(file(*hour()), "--csv", os.devnull)
    assert code == 2
    assert "is not a file" in err


def test_a_full_disk_is_said(tmp_path):
    hearing = heard(*hour())
    with RegisterFile(tmp_path / "meter.csv") as kept, Path("/dev/full").open("ab") as full:
        kept._file.close()
        kept._file = full
        with pytest.raises(BadInput, match="make room, or give another file"):
            kept.add(hearing.finished)
        with pytest.raises(OSError, match="No space"):
            full.close()


# When there is no meter


def test_a_cable_that_is_not_there(out):
    code, _, err = out("/dev/ttyUSB98")
    assert code == 2
    assert "there is no /dev/ttyUSB98; put the cable in and look for its name in /dev/serial/by-id" in err


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "this user may not read"), ("nl", "deze gebruiker mag /dev/ttyUSB98 niet lezen")],
)
def test_a_cable_that_may_not_be_read(out, monkeypatch, language, said):
    async def refused(_):
        raise PermissionError(13, "Permission denied", "/dev/ttyUSB98")
        yield b""

    monkeypatch.setattr(Serial, "chunks", refused)
    code, _, err = out("/dev/ttyUSB98", "--language", language)
    assert code == 2
    assert said in err
    assert "sudo usermod -aG dialout $USER" in err


def test_a_host_that_refuses(out):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    code, _, err = out(f"tcp://127.0.0.1:{port}")
    assert code == 2
    assert f"127.0.0.1:{port} refuses the connection; is the reader on, and is this its port?" in err


def test_a_connection_that_is_lost_later_is_told_and_tried_again():
    told = Notice(Kind.LOST, Finding("a", "b", "c"), ConnectionResetError(104, "Connection reset by peer"))
    hearing = heard(at(0, 0))
    (one,) = hearing.hear(told, START)
    assert one.said.en == (
        "The connection is lost and is tried again: the system says: Connection reset by peer."
    )
    assert listening._never_worked(told, hearing) is None


@pytest.mark.parametrize(
    ("faulty", "way_out"),
    [
        (("tcp://p1.local",), "tcp://HOST:PORT"),
        (("tcp://p1.local:99999",), "tcp://HOST:PORT"),
        (("http://p1.local:80",), "tcp://HOST:PORT"),
        (("/tmp",), "give a file of telegrams in it"),
        (("no-such-file.txt",), "check the path"),
        (("-", "--speed", "60"), "--speed is for a file"),
        (("telegrams.txt", "--baud", "9600"), "--baud is for a cable"),
        (("/dev/ttyUSB98", "--baud", "0"), "115200 or 9600"),
        (("telegrams.txt", "--speed", "nan"), "0 for as fast as it goes"),
        (("telegrams.txt", "--speed", "-1"), "0 for as fast as it goes"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_way_out(out, faulty, way_out):
    code, text, err = out(*faulty)
    assert (code, text) == (2, "")
    assert way_out in err


def test_the_keyboard_is_no_meter(monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    with pytest.raises(BadInput, match="laag meter -"):
        source_of("-")


@pytest.mark.parametrize(("language", "said"), [("en", "holds no telegram"), ("nl", "bevat geen telegram")])
def test_a_file_without_telegrams(out, file, language, said):
    code, _, err = out(file(b"dear diary\n"), "--language", language)
    assert code == 2
    assert said in err
    assert out(file(b""))[0] == 2


@pytest.mark.parametrize(
    ("lacking", "source", "extra"),
    [
        ("dsmr_parser", "/dev/null", "live"),
        ("serialx", "/dev/null", "live"),
        ("httpx", "homewizard://127.0.0.1:9", "live"),
        ("aiomqtt", "mqtt://127.0.0.1:9/p1", "devices"),
    ],
)
def test_an_extra_that_is_not_installed(lacking, source, extra):
    code = f"import sys; sys.modules[{lacking!r}] = None; from laag.apps.cli import main; sys.exit(main(['meter', {source!r}]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().startswith(f"laag: this needs {lacking}")
    assert done.stderr.strip().endswith(f"pip install 'laag[{extra}]' adds it")


def test_there_is_a_sentence_for_everything_in_both_languages():
    finding = Finding("a", "b", "c")
    faults = [None, OSError(5, "Input/output error"), TimeoutError()]
    told = [
        *(sentences.set_aside(why) for why in Why),
        *(sentences.notice(Notice(Kind.LEFT, finding, verdict)) for verdict in sentences.LEFT),
        *(sentences.notice(Notice(Kind.LOST, finding, fault)) for fault in faults),
        *(sentences.notice(Notice(Kind.CLOCK, finding, ahead_s)) for ahead_s in (None, 90.0, -90.0)),
        *(sentences.notice(Notice(Kind.SILENT, finding, got)) for got in (0, 900)),
        sentences.notice(Notice(Kind.BACK, finding)),
        *(sentences.other(kind) for kind in ("gas", "seaweed")),
    ]
    assert len(set(told)) == len(told)
    assert all(
        isinstance(one, Said) and one.nl.endswith((".", "?")) and one.en.endswith((".", "?")) for one in told
    )
    assert all(one.nl != one.en for one in told)
