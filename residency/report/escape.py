r"""Names from programs, made safe to show.

In:  any text.
Out: the same text with control characters, terminal escapes and direction marks as ``\xNN`` and ``\uNNNN``.
"""

from __future__ import annotations

import re

# C0, DEL and C1 controls; zero-width and direction marks; line and paragraph separators; lone surrogates; tags.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def shown(text: str) -> str:
    """Escape what a terminal would act on, or a reader could not see."""
    return _UNSAFE.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode("ascii"), text)
