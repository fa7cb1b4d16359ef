"""Labels by eye become times: half a frame before the labelled frame."""

import json
from pathlib import Path

import pytest

from gaitcam.validation.event_truth import read_labelled_events
from gaitcam.vocabulary import EventKind, Side


def test_an_event_lies_between_the_frame_before_and_the_labelled_frame(tmp_path: Path) -> None:
    label = {"kind": "IC", "side": "left", "frame": 16, "range": [16, 17]}
    file = tmp_path / "clip.labels.json"
    file.write_text(json.dumps({"fps": 30, "events": [label]}), encoding="utf-8")
    events = read_labelled_events(file)
    assert events[EventKind.INITIAL_CONTACT, Side.LEFT].tolist() == pytest.approx([16 / 30])
    assert len(events[EventKind.TOE_OFF, Side.RIGHT]) == 0
