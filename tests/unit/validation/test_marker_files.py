"""The readers of motion-capture files."""

from pathlib import Path

import numpy as np

from gaitcam.validation.marker_files import read_c3d, read_mot, read_trc
from gaitcam.validation.marker_runs import read_marker_runs
from gaitcam.vocabulary import EventKind, Side

TRC = (
    "PathFileType\t4\t(X/Y/Z)\trun.trc\n"
    "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\n"
    "100\t100\t2\t2\tmm\n"
    "Frame#\tTime\tHEEL\t\t\tTOE\t\t\n"
    "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n"
    "\n"
    "1\t0.00\t100\t200\t300\t0\t0\t0\n"
    "2\t0.01\t110\t210\t310\t400\t500\t600\n"
)


def test_trc_millimetres_become_metres_and_lost_markers_unknown(tmp_path: Path) -> None:
    file = tmp_path / "run.trc"
    file.write_text(TRC, encoding="utf-8")
    markers = read_trc(file)
    assert np.allclose(markers.path_m["HEEL"], [[0.1, 0.2, 0.3], [0.11, 0.21, 0.31]])
    assert np.isnan(markers.path_m["TOE"][0]).all()
    assert np.allclose(markers.time_s, [0.0, 0.01])


def test_mot_channels_have_their_names(tmp_path: Path) -> None:
    file = tmp_path / "force.mot"
    file.write_text("name force\nendheader\ntime vy\n0.0 1.5\n0.1 2.5\n", encoding="utf-8")
    force = read_mot(file)
    assert force.channel["vy"].tolist() == [1.5, 2.5]


def test_c3d_of_a_real_run_has_markers_above_the_belt_and_steps_in_its_force(shared: Path) -> None:
    markers, force = read_c3d(shared / "data" / "markers" / "rbds" / "RBDS001runT35.c3d")
    assert len(markers.time_s) == 4500
    heights = [float(np.nanmean(markers.path_m[f"L.{m}"][:, 1])) for m in ("ASIS", "Heel.Top")]
    assert 0.9 < heights[0] < 1.2
    assert 0.1 < heights[1] < 0.4
    assert len(force.time_s) == 9000


def test_real_runners_have_contacts_of_a_runners_length_on_both_sides(shared: Path) -> None:
    for run in read_marker_runs(shared / "data" / "markers"):
        assert 0.7 < run.leg_length_m < 1.0, run.name
        for side in Side:
            contact = run.events[EventKind.INITIAL_CONTACT, side]
            toe_off = run.events[EventKind.TOE_OFF, side]
            length_s = float(np.median(toe_off - contact))
            assert 0.1 < length_s < 0.4, (run.name, side)
