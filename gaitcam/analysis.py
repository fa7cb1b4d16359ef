"""Everything that one clip yielded."""

from dataclasses import dataclass

from gaitcam.findings.finding import Finding
from gaitcam.gait.cycles import Step
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack, View
from gaitcam.metrics.tables import FrameTable, RunSummary, StepTable
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.settings import Settings
from gaitcam.video.info import VideoInfo


@dataclass(frozen=True, slots=True)
class QualityReport:
    """How well the clip could be measured; fractions from 0 to 1.

    ``notes`` are sentences for people, each about one thing that weakens the numbers.
    """

    pose_fraction: float
    in_view_fraction: float
    near_foot_trusted_fraction: float
    far_foot_trusted_fraction: float
    swapped_frames: int
    filled_points: int
    outlier_points: int
    level: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the result: enough to make it again."""

    gaitcam_version: str
    package_versions: dict[str, str]
    model: str
    model_sha256: str
    video_sha256: str
    created_utc: str
    settings: dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The result of `gaitcam.analyze`: records of every stage, from pose to findings."""

    video: VideoInfo
    settings: Settings
    landmarks: LandmarkTrack
    keypoints: KeypointTrack
    events: GaitEvents
    frame_table: FrameTable
    step_table: StepTable
    summary: RunSummary
    foot_strike: str
    findings: tuple[Finding, ...]
    quality: QualityReport
    provenance: Provenance

    @property
    def view(self) -> View:
        """How the clip was filmed."""
        return self.keypoints.view

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in order of time."""
        return self.step_table.steps
