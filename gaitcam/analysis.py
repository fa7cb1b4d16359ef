"""Everything that one clip yielded."""

from dataclasses import dataclass

from gaitcam.check.report import CheckReport
from gaitcam.findings.finding import Finding
from gaitcam.gait.activity import Movement
from gaitcam.gait.cycles import Step
from gaitcam.gait.events import GaitEvents
from gaitcam.keypoints.track import KeypointTrack, View
from gaitcam.metrics.tables import FrameTable, RunSummary, StepTable
from gaitcam.pose.landmarks import LandmarkTrack
from gaitcam.quality import QualityReport, may_be_judged
from gaitcam.settings import Settings
from gaitcam.video.info import VideoInfo


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
    """The result of `gaitcam.analyze`: records of every stage, from pose to findings.

    ``landmarks`` are those of the run that was measured.
    """

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
    movement: Movement | None = None
    check: CheckReport | None = None
    whole: LandmarkTrack | None = None

    @property
    def to_store(self) -> LandmarkTrack:
        """The whole pose that was found or read, of which ``landmarks`` may be a part."""
        return self.whole or self.landmarks

    @property
    def is_judged(self) -> bool:
        """Whether the reference ranges apply: see `may_be_judged`."""
        return may_be_judged(self.events, self.movement, self.check)

    @property
    def view(self) -> View:
        """How the clip was filmed."""
        return self.keypoints.view

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in order of time."""
        return self.step_table.steps
