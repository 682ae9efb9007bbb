"""The one way a corpus is written as text."""

import json
from collections.abc import Mapping
from typing import Any

from uts_policy.common.collector import paused_collector


def serialise(data: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no white space: equal data give equal text. Not ASCII only; encode it as UTF-8."""
    with paused_collector():
        return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
