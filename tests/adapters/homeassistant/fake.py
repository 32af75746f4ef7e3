"""A Home Assistant that follows the documented protocol of its websocket, and fails as it is told to."""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

TOKEN = "a-long-lived-token"


def entity(name, value, unit=None, **attributes):
    stamp = datetime.now(UTC).isoformat()
    if unit:
        attributes["unit_of_measurement"] = unit
    return {
        "entity_id": name,
        "state": value,
        "attributes": attributes,
        "last_changed": stamp,
        "last_updated": stamp,
    }


class FakeHome:
    def __init__(self) -> None:
        self.states, self.called, self.fails = {}, [], False
        self.port, self._server, self._listeners = 0, None, {}

    async def start(self):
        self._server = await serve(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self):
        self._server.close()
        await self._server.wait_closed()
        self._listeners.clear()

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/api/websocket"

    async def set(self, name, value, unit=None, **attributes):
        self.states[name] = entity(name, value, unit, **attributes)
        event = {"event_type": "state_changed", "data": {"entity_id": name, "new_state": self.states[name]}}
        await self.say({"type": "event", "event": event})

    async def say(self, what):
        for socket, number in list(self._listeners.items()):
            with suppress(ConnectionClosed):
                await socket.send(
                    what if isinstance(what, str | bytes) else json.dumps({"id": number, **what})
                )

    async def _serve(self, socket):
        with suppress(ConnectionClosed):
            await socket.send(json.dumps({"type": "auth_required", "ha_version": "2026.11.1"}))
            said = json.loads(await socket.recv())
            if said != {"type": "auth", "access_token": TOKEN}:
                await socket.send(json.dumps({"type": "auth_invalid", "message": "Invalid access token"}))
                return
            await socket.send(json.dumps({"type": "auth_ok", "ha_version": "2026.11.1"}))
            last = 0
            async for raw in socket:
                asked = json.loads(raw)
                # The real one ends the connection of who does not count up.
                assert asked["id"] > last
                last = asked["id"]
                await socket.send(json.dumps({"id": last, "type": "result", **self._answer(socket, asked)}))
                await asyncio.sleep(0)

    def _answer(self, socket, asked):
        match asked["type"]:
            case "subscribe_events":
                self._listeners[socket] = asked["id"]
                return {"success": True, "result": None}
            case "get_states":
                return {"success": True, "result": list(self.states.values())}
            case "call_service" if not self.fails:
                self.called.append(
                    {name: asked[name] for name in ("domain", "service", "service_data", "target")}
                )
                return {"success": True, "result": {"context": {}}}
            case _:
                return {
                    "success": False,
                    "error": {"code": "home_assistant_error", "message": "Value is out of range"},
                }
