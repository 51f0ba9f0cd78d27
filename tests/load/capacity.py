"""How many calls a second the double can take: where the program comes near, it waits for it."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlencode

from tests.load.plan import CROWD, Load
from tests.load.program import processor
from tests.load.running import township

CALLS, AT_ONCE = 4000, 20
ROWS = [[{"text": "The letter", "callback_data": f"letter:{n}"}] for n in range(10)]
CARD = {
    "chat_id": "100000",
    "text": "Letter to Kenya\n\n" + "OPSC – sale of children. " * 12,
    "reply_markup": json.dumps({"inline_keyboard": ROWS}),
}


def capacity() -> float:
    """Calls a second that a core takes, each a card of the usual size.

    By the processor's time and not by the clock's, whatever else the computer does meanwhile.
    """
    body = urlencode(CARD).encode()
    head = (
        "POST /bot4242:loopback/sendMessage HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    many = (head + body) * AT_ONCE
    load = Load(CROWD, 1, people=0)
    with township(load) as town, socket.create_connection(("127.0.0.1", town.port)) as caller:
        began = processor(town.pid)
        for _ in range(CALLS // AT_ONCE):
            caller.sendall(many)
            answers = 0
            rest = b""
            while answers < AT_ONCE:
                rest += caller.recv(1 << 20)
                answers = rest.count(b"HTTP/1.1 ")
        return CALLS / (processor(town.pid) - began)
