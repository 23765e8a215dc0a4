"""Reading what was written in the open: only if it is, byte for byte, what dermlock would write."""

from typing import TypeVar

import msgspec

from ..crypto.keys import NotAuthenticError

T = TypeVar("T")


def decode_as_written(raw: bytes, type_: type[T]) -> T:
    """JSON that encodes to these very bytes again: no other spelling of the same content passes.

    Raises NotAuthenticError. What it returns is well-formed, not yet authentic.
    """
    try:
        decoded = msgspec.json.decode(raw, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError):  # the second at a text that is not UTF-8
        raise NotAuthenticError from None
    if msgspec.json.encode(decoded) != raw:
        raise NotAuthenticError
    return decoded
