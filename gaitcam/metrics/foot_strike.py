"""Which part of the foot lands first."""

from gaitcam.metrics.tables import RunSummary

# Foot strike angle of runners: rearfoot 17.7 +- 4.4, midfoot 2.6 +- 1.5, forefoot -7.9 +- 2.8 deg;
# the borders lie midway between neighbours, in units of their spreads.
REARFOOT_FROM_DEG = 8.0
FOREFOOT_BELOW_DEG = -1.6


def classify_foot_strike(summary: RunSummary) -> str:
    """Return rearfoot, midfoot, forefoot, or unclear when the interval spans a border."""
    inclination = summary.metrics["foot_inclination_at_ic_deg"].overall
    if not inclination.is_known:
        return "unclear"
    names = {_name(angle) for angle in (inclination.low, inclination.value, inclination.high)}
    return names.pop() if len(names) == 1 else "unclear"


def _name(angle_deg: float) -> str:
    if angle_deg >= REARFOOT_FROM_DEG:
        return "rearfoot"
    return "forefoot" if angle_deg < FOREFOOT_BELOW_DEG else "midfoot"
