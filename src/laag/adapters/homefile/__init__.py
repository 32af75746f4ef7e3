"""One home in one JSON file: what is behind its meter, what holds now, what is expected and what is wished."""

from laag.adapters.homefile.benchmark import benchmark
from laag.adapters.homefile.home import VERSION, HomeFile
from laag.adapters.homefile.parse import example, parse, schema
from laag.adapters.homefile.translate import Asked, asked

__all__ = ["VERSION", "Asked", "HomeFile", "asked", "benchmark", "example", "parse", "schema"]
