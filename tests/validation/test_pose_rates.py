"""What fewer poses a second cost is measured on the same clips and truths."""

import shutil
from pathlib import Path

from gaitcam.pose.estimator import EVERY_FRAME
from gaitcam.settings import Settings
from gaitcam.validation.landmark_cache import stored_name
from gaitcam.validation.pose_rates import compare_rates

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLIP = FIXTURES / "clips" / "demo_overstride.mp4"


def test_a_clip_of_60_frames_a_second_is_measured_with_60_and_with_30_poses(tmp_path: Path) -> None:
    folder, cache = tmp_path / "clips", tmp_path / "cache"
    folder.mkdir()
    cache.mkdir()
    (folder / CLIP.name).symlink_to(CLIP)
    shutil.copy(FIXTURES / "truth" / "demo_overstride.json", folder)
    settings = Settings().changed("pose", poses_per_s=EVERY_FRAME)
    shutil.copy(FIXTURES / "landmarks" / "demo_overstride.npz", cache / stored_name(CLIP, settings))
    rows = compare_rates(folder, cache).splitlines()[2:]
    assert [row.split(" | ")[:3] for row in rows] == [["| 60", "60", "1"], ["| 60", "30", "1"]]
    errors = [float(row.split(" | ")[5]) for row in rows]
    assert all(0 <= error < 0.5 for error in errors)
