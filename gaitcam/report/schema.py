"""docs/summary.schema.json, written from the code: ``python -m gaitcam.report.schema``.

The schema allows nothing that it does not name, so that a field which the code adds and the
schema does not know is found by the tests.
"""

import json
from pathlib import Path
from typing import Any

from gaitcam.check.report import Judgement
from gaitcam.findings.finding import FindingKind
from gaitcam.findings.profile_finding import ProfileKind
from gaitcam.gait.activity import Activity
from gaitcam.metrics.catalog import STEP_METRICS, SUMMARY_METRICS
from gaitcam.report.frame_metrics import REPORTED
from gaitcam.report.schema_words import (
    COUNT,
    FLAG,
    FRACTION,
    NUMBER,
    TEXT,
    TIME,
    Schema,
    by_key,
    list_of,
    one_of,
    or_null,
    record,
    ref,
)
from gaitcam.report.summary_json import SCHEMA_VERSION
from gaitcam.video.cuts import WhyLeftOut
from gaitcam.vocabulary import CameraMotion, Direction, EventKind, Side, Surface

PATH = Path(__file__).parents[2] / "docs" / "summary.schema.json"

ABOUT = (
    "What gaitcam measured in one clip. Times are real seconds from the file's first frame, "
    "angles degrees; null is a value that is not known. The first number of schema_version rises "
    "when a reader of the old structure would break, the second when the structure grows."
)


def summary_schema() -> Schema:
    """Return the JSON schema (draft 2020-12) of ``summary.json``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gaitcam summary",
        **record(
            ABOUT,
            schema_version={"const": SCHEMA_VERSION},
            clip=_clip(),
            foot_strike={"enum": ["rearfoot", "midfoot", "forefoot", "unclear"]},
            metrics=by_key("by key, which ends in the unit", _keys(SUMMARY_METRICS), "metric"),
            events=list_of(_event()),
            steps=list_of(_step()),
            gait_cycle=_gait_cycle(),
            quality=_quality(),
            people=or_null(_people()),
            movement=or_null(_movement()),
            check=or_null(_check()),
            findings=list_of(_finding()),
            profile_findings=list_of(_profile_finding()),
            provenance=_provenance(),
        ),
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    either = or_null(ref("estimate"))
    pair = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
    estimate = {"value": NUMBER, "interval": ref("interval"), "n": COUNT}
    source = {"article_id": TEXT, "article_title": TEXT, "section_id": TEXT, "section": TEXT}
    return {
        "interval": {"description": "the two ends of the 95 % interval", **pair},
        "estimate": record("a number, its interval, and the steps behind it", **estimate),
        "metric": record(
            "one metric over the run: left and right are the median of each foot's steps, value "
            "is the mean of the two (cadence: from all steps); spread is one standard deviation "
            "over steps; left, right and difference (left minus right) are null for a metric "
            "without sides",
            label=TEXT,
            unit=TEXT,
            **estimate,
            spread=NUMBER,
            left=either,
            right=either,
            difference=either,
        ),
        "curve": record(
            "over the strides, at each percent; null with fewer than two whole strides",
            mean={"type": ["array", "null"], "items": NUMBER},
            sd={"type": ["array", "null"], "items": NUMBER},
            n=COUNT,
        ),
        "curves": record(
            "cut by the contacts of either foot", left=ref("curve"), right=ref("curve")
        ),
        "advice": record(
            "a correction and the section of the article that teaches it",
            correction_id=TEXT,
            text=TEXT,
            article_id=TEXT,
            article_title=TEXT,
            section=TEXT,
        ),
        "source": record("a section of an article", **source),
    }


def _clip() -> Schema:
    return record(
        "the file and how it was filmed; direction is the way the runner faces in the picture",
        file_name=TEXT,
        sha256=TEXT,
        width_px=COUNT,
        height_px=COUNT,
        codec=TEXT,
        rotation_deg={"type": "integer"},
        frame_count=COUNT,
        frame_rate_hz={"description": "median, in real time", **NUMBER},
        container_rate_hz={"description": "as the file plays", **NUMBER},
        is_variable_rate=FLAG,
        time_scale={"description": "real seconds per second of the file", **NUMBER},
        is_time_scale_assumed=FLAG,
        duration_s={"description": "in real time", **NUMBER},
        analysed_frames={"description": "in which the pose was looked for", **COUNT},
        analysed_from_s=TIME,
        analysed_to_s=TIME,
        direction=one_of(Direction),
        direction_confidence=FRACTION,
        near_side=one_of(Side),
        near_side_confidence=FRACTION,
        surface=one_of(Surface),
        camera_motion=one_of(CameraMotion),
        camera_roll_deg=NUMBER,
        camera_pitch_deg=NUMBER,
        camera_yaw_deg=NUMBER,
        leg_length_px=NUMBER,
        m_per_px={"description": "null without a known height", **NUMBER},
    )


def _event() -> Schema:
    return record(
        "a foot touches or leaves the ground; the uncertainty is one standard deviation",
        kind=one_of(EventKind),
        side=one_of(Side),
        time_s=TIME,
        uncertainty_s=NUMBER,
        confidence=FRACTION,
    )


def _step() -> Schema:
    keys = _keys(STEP_METRICS)
    values = {"type": "object", "properties": dict.fromkeys(keys, NUMBER)}
    return record(
        "one landing and what follows it, as in steps.csv",
        step=COUNT,
        side=one_of(Side),
        initial_contact_s=TIME,
        toe_off_s=NUMBER,
        confidence=FRACTION,
        metrics=values | {"required": keys, "additionalProperties": False},
    )


def _gait_cycle() -> Schema:
    return record(
        "from one initial contact of a foot (0 %) to its next (100 %)",
        percent=list_of(TIME),
        toe_off_percent=record("where each foot leaves the ground", left=NUMBER, right=NUMBER),
        curves=by_key("mean and standard deviation over strides", _keys(REPORTED), "curves"),
    )


def _quality() -> Schema:
    return record(
        "how well the clip could be measured",
        pose_fraction=FRACTION,
        in_view_fraction=FRACTION,
        near_foot_trusted_fraction=FRACTION,
        far_foot_trusted_fraction=FRACTION,
        swapped_frames=COUNT,
        filled_points=COUNT,
        outlier_points=COUNT,
        level={"enum": ["good", "fair", "weak"]},
        notes=list_of(TEXT),
        lost_frames=COUNT,
        repeated_frames=COUNT,
        left_out=list_of(
            record(
                "a part of the clip that was not measured, on the file's clock",
                from_s=TIME,
                to_s=TIME,
                why=one_of(WhyLeftOut),
            )
        ),
    )


def _people() -> Schema:
    seen = record(
        "a person, as marked in people.jpg; shown_s is on the file's own clock",
        number={"type": "integer", "minimum": 1},
        frame_index=COUNT,
        shown_s=TIME,
        box_px={"type": "array", "items": TIME, "minItems": 4, "maxItems": 4},
    )
    return record(
        "several people were seen, and the number of the one who was followed",
        followed={"type": "integer", "minimum": 1},
        seen=list_of(seen),
    )


def _movement() -> Schema:
    return record(
        "what the person does; played_slower is how many times slower than real the clip plays; "
        "speed is the same, sure or not",
        activity=one_of(Activity),
        view_angle_deg=NUMBER,
        is_facing=FLAG,
        cadence_spm=NUMBER,
        played_slower=NUMBER,
        clearness=NUMBER,
        speed=record(
            "the likely speed of the clip; is_possible: a person can run at its cadence",
            slower=NUMBER,
            is_sure=FLAG,
            is_possible=FLAG,
        ),
    )


def _check() -> Schema:
    row = record(
        "one thing that matters when filming",
        key=TEXT,
        label=TEXT,
        found=TEXT,
        judgement=one_of(Judgement),
        why=TEXT,
        advice=TEXT,
    )
    return record("how the clip was filmed, judged", verdict=TEXT, rows=list_of(row))


def _finding() -> Schema:
    band = record(
        "the range that the value is compared with; null is an open end",
        low=NUMBER,
        high=NUMBER,
        unit=TEXT,
        source=TEXT,
    )
    return record(
        "what one metric says; never a diagnosis",
        key=TEXT,
        kind=one_of(FindingKind),
        title=TEXT,
        metric_key=TEXT,
        value=NUMBER,
        interval=ref("interval"),
        n=COUNT,
        unit=TEXT,
        reference=or_null(band),
        sure={"enum": ["high", "medium", "low"]},
        explanation=TEXT,
        why_for_the_back=TEXT,
        evidence=TEXT,
        advice=list_of(ref("advice")),
        moments_s=list_of(TIME),
        why_ids=list_of(TEXT),
        paper_ids=list_of(TEXT),
        related_metrics=list_of(TEXT),
        side=or_null(one_of(Side)),
    )


def _profile_finding() -> Schema:
    flag = record(
        "a sign to show to a professional",
        flag_id=TEXT,
        text=TEXT,
        sources=list_of(ref("source")),
    )
    return record(
        "an answer of the runner against a rule of the articles",
        key=TEXT,
        kind=one_of(ProfileKind),
        title=TEXT,
        answer=TEXT,
        rule=TEXT,
        rule_id=TEXT,
        sources=list_of(ref("source")),
        advice=list_of(ref("advice")),
        flags=list_of(flag),
    )


def _provenance() -> Schema:
    return record(
        "what made the result: enough to make it again",
        gaitcam_version=TEXT,
        package_versions={"type": "object", "additionalProperties": TEXT},
        model=TEXT,
        model_sha256=TEXT,
        video_sha256=TEXT,
        created_utc=TEXT,
        settings={"type": "object"},
    )


def _keys(rows: tuple[Any, ...]) -> list[str]:
    return [row.key for row in rows]


if __name__ == "__main__":
    text = json.dumps(summary_schema(), indent=2, ensure_ascii=False)
    PATH.write_text(text + "\n", encoding="utf-8")
