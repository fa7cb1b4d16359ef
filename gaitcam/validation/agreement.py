"""How well two ways of measuring agree: bias, spread, limits, and the worst case."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

NAN = float("nan")
LIMITS_SD = 1.96  # Bland & Altman 1986


@dataclass(frozen=True, slots=True)
class Agreement:
    """Errors of ``n`` estimates: ``low`` to ``high`` are the 95 % limits of agreement."""

    bias: float
    mean_absolute: float
    rmse: float
    low: float
    high: float
    n: int
    worst: float
    worst_clip: str


def measure_agreement(errors: Iterable[tuple[str, float]]) -> Agreement:
    """Return the agreement of (clip, error) pairs; NaN throughout when there are none."""
    known = [(clip, error) for clip, error in errors if np.isfinite(error)]
    if not known:
        return Agreement(NAN, NAN, NAN, NAN, NAN, 0, NAN, "")
    values = np.array([error for _, error in known])
    bias = float(values.mean())
    spread = LIMITS_SD * float(values.std(ddof=1)) if len(values) > 1 else NAN
    worst_clip, worst = max(known, key=lambda pair: abs(pair[1]))
    return Agreement(
        bias=bias,
        mean_absolute=float(np.abs(values).mean()),
        rmse=float(np.sqrt(np.mean(values**2))),
        low=bias - spread,
        high=bias + spread,
        n=len(values),
        worst=worst,
        worst_clip=worst_clip,
    )
