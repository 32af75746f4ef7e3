"""The command line: `laag COMMAND`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from laag import __version__
from laag.foundation.errors import LaagError

INTERRUPTED = 130
UNUSABLE = 2
EXTRAS = {
    "street": {"demandlib", "holidays", "hplib", "pandas", "pvlib", "pyarrow"},
    "live": {"argon2", "cryptography", "dsmr_parser", "fastapi", "httptools", "httpx", "jinja2", "prometheus_client",
             "segno", "serialx", "uvicorn"},
    "devices": {"aiomqtt", "s2python", "websockets"},
    "uftp": {"shapeshifter_uftp", "xsdata"},
    "grid": {"power_grid_model"},
    "research": {"opendp"},
}  # fmt: skip
"""What may be lacking, by the extra that adds it."""


def parser() -> argparse.ArgumentParser:
    """All commands."""
    from laag.apps import bills, catalogue, charter, grid, home, market, meter, rules, run, study
    from laag.apps.audit import commands as audit
    from laag.apps.dso import commands as dso
    from laag.apps.ledger import commands as ledger
    from laag.apps.live import commands as live
    from laag.apps.street import commands as street
    from laag.apps.upkeep import commands as upkeep
    from laag.apps.verify import commands as verify

    main = argparse.ArgumentParser(
        prog="laag",
        description="An open, layered energy system: homes that plan, a street that trades, bills that explain themselves.",
    )
    main.add_argument("--version", action="version", version=f"laag {__version__}")
    main.set_defaults(run=lambda _: _help(main))
    commands = main.add_subparsers(metavar="COMMAND", dest="command")
    run.add_parser(commands)
    study.add_parser(commands)
    grid.add_parser(commands)
    bills.add_parsers(commands)
    market.add_parser(commands)
    charter.add_parser(commands)
    catalogue.add_parser(commands)
    home.add_parser(commands)
    meter.add_parser(commands)
    street.add_parsers(commands)
    live.add_parser(commands)
    ledger.add_parser(commands)
    audit.add_parser(commands)
    dso.add_parser(commands)
    verify.add_parser(commands)
    upkeep.add_parsers(commands)
    rules.add_parser(commands)
    return main


def _help(main: argparse.ArgumentParser) -> int:
    main.print_help()
    return UNUSABLE


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; 0 when done, 2 when the input cannot be meant this way, 130 when interrupted."""
    args = argparse.Namespace()
    _bear_any_terminal()
    try:
        args = parser().parse_args(arguments)
        code = int(args.run(args))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except LaagError as wrong:
        print(f"laag: {wrong}", file=sys.stderr)
        return UNUSABLE
    except ModuleNotFoundError as missing:
        name = (missing.name or "").partition(".")[0]
        extra = next((extra for extra, names in EXTRAS.items() if name in names), None)
        if extra is None:
            raise
        print(
            f"laag: this needs {missing.name}, which is not installed; pip install 'laag[{extra}]' adds it",
            file=sys.stderr,
        )
        return UNUSABLE
    except OSError as fault:
        if fault.filename is None:
            raise
        print(
            f"laag: {fault.filename} cannot be used ({fault.strerror}); check the path and its rights, or give another",
            file=sys.stderr,
        )
        return UNUSABLE
    except KeyboardInterrupt:
        print(f"laag: interrupted{_way_on(args)}", file=sys.stderr)
        return INTERRUPTED
    return code


def _bear_any_terminal() -> None:
    """One that has no euro sign shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _way_on(args: argparse.Namespace) -> str:
    if not hasattr(args, "resume"):
        return ""
    return f"; nothing that was done is lost, go on with: laag {args.command} --resume --out {args.out}"


if __name__ == "__main__":
    sys.exit(main())
