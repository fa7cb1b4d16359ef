"""One analysed runner that the report's tests share."""

from typing import Any

import pytest

from gaitcam.analysis import Analysis
from gaitcam.findings.profile import ProfileFinding, check_profile, make_profile
from gaitcam.pipeline import analyze_landmarks
from gaitcam.report.summary_json import summarise
from gaitcam.settings import RunnerSettings, Settings
from tests.running import landmarks_from, running_points


@pytest.fixture(scope="session")
def analysis() -> Analysis:
    """Five seconds on a treadmill, facing right, of a runner whose height is known."""
    landmarks = landmarks_from(running_points(seconds=5.0))
    return analyze_landmarks(landmarks, Settings(runner=RunnerSettings(height_cm=176.0)))


@pytest.fixture(scope="session")
def profile_findings() -> tuple[ProfileFinding, ...]:
    answers = {"weekly_distances": [20.0, 30.0], "has_pain": True, "pain_spreads": True}
    return check_profile(make_profile(answers))


@pytest.fixture(scope="session")
def summary(analysis: Analysis, profile_findings: tuple[ProfileFinding, ...]) -> dict[str, Any]:
    return summarise(analysis, profile_findings)
