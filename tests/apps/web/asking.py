"""A browser's side of HTTP without a browser: it keeps cookies, and asks an app in the same process."""

import asyncio
import atexit
from functools import cache

import httpx


@cache
def _runner():
    """One for all that ask in this process; closed when it ends, not whenever memory is tidied up."""
    runner = asyncio.Runner()
    atexit.register(runner.close)
    return runner


class Asking:
    def __init__(
        self, app, headers=None, address="198.51.100.7", base_url="http://street.example", runner=None
    ) -> None:
        self._runner = runner or _runner()
        door = httpx.ASGITransport(app, raise_app_exceptions=True, client=(address, 50_000))
        self._client = httpx.AsyncClient(transport=door, base_url=base_url, headers=headers)
        self.cookies, self.headers = self._client.cookies, self._client.headers

    def request(self, method, path, **given):
        return self._runner.run(self._client.request(method, path, **given))

    def build(self, method, path, **given):
        """A call that is not sent yet."""
        return self._client.build_request(method, path, **given)

    def send(self, call):
        return self._runner.run(self._client.send(call))

    def get(self, path, **given):
        return self.request("GET", path, **given)

    def post(self, path, **given):
        return self.request("POST", path, **given)
