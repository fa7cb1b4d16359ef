"""From measures to judged rows: pure rules, each with its reason and its advice."""

import math

from gaitcam.check.measuring import ClipMeasures
from gaitcam.check.report import CheckReport, CheckRow, Judgement
from gaitcam.gait.activity import Activity
from gaitcam.gait.suitability import describe_speed, describe_unjudged, describe_unmeasurable
from gaitcam.pose.people import describe_followed
from gaitcam.video.cuts import WhyLeftOut
from gaitcam.vocabulary import CameraMotion

PERCENT = 100.0
# Each pair: from the first on it passes, below the second it fails.
SHORTER_SIDE_PX = (700.0, 100.0)  # what fails a small clip is the runner's size
FRAME_RATE_HZ = (45.0, 14.0)
RUNNER_PX = (250.0, 80.0)
FEET_FRACTION = (0.9, 0.4)
BRIGHTNESS = (0.15, 0.03)
CONTRAST = (0.08, 0.025)
STEPS = (14.0, 2.5)
LEAST_SHAKE_PX = 1.0
# Each pair: up to the first it passes, beyond the second it fails.
BLUR = (0.62, 0.85)
ROLL_DEG = (3.0, 25.0)
VIEW_DEG = (20.0, 40.0)


def judge_clip(measures: ClipMeasures) -> CheckReport:
    """Return the judged rows of a clip's measures."""
    judges = (
        _movement,
        _view_angle,
        _resolution,
        _runner_size,
        _feet,
        _frame_rate,
        _speed,
        _sharpness,
        _light,
        _camera_level,
        _camera_motion,
        _people,
        _one_piece,
        _steps,
    )
    return CheckReport(tuple(judge(measures) for judge in judges))


def judge_high(value: float, limits: tuple[float, float]) -> Judgement:
    """Judge a value of which more is better."""
    if math.isnan(value):
        return Judgement.UNKNOWN
    if value >= limits[0]:
        return Judgement.PASS
    return Judgement.FAIL if value < limits[1] else Judgement.WEAK


def judge_low(value: float, limits: tuple[float, float]) -> Judgement:
    """Judge a value of which less is better."""
    return judge_high(-value, (-limits[0], -limits[1]))


def _row(key: str, label: str, found: str, judgement: Judgement, why: str, advice: str) -> CheckRow:
    needs_advice = judgement in (Judgement.WEAK, Judgement.FAIL)
    return CheckRow(key, label, found, judgement, why, advice if needs_advice else "")


def _movement(clip: ClipMeasures) -> CheckRow:
    movement = clip.movement
    activity = movement.activity
    judgement, found = Judgement.FAIL, activity.value
    why = describe_unjudged(movement) or describe_unmeasurable(movement)
    if activity is Activity.UNCLEAR:
        judgement, found = Judgement.WEAK, "no even strides found"
        why = "No regular running was recognised in what was looked at."
    elif activity is Activity.RUNNING or movement.is_frontal:
        judgement, why = Judgement.PASS, "Only running can be compared with the ranges."
        found = "regular strides" if movement.is_frontal else found
    advice = "Film ten seconds of steady running."
    return _row("movement", "Movement", found, judgement, _sentence(why), advice)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _view_angle(clip: ClipMeasures) -> CheckRow:
    movement = clip.movement
    angle = movement.view_angle_deg
    judgement = judge_low(angle, VIEW_DEG)
    name = {Judgement.PASS: "from the side", Judgement.WEAK: "oblique"}.get(judgement)
    name = name or ("from the front" if movement.is_facing else "from behind")
    return _row(
        "view_angle",
        "View",
        f"{name} (roughly {angle:.0f}° off square)",
        judgement,
        "Where the foot lands and how the trunk leans show truly from the side only.",
        "Stand at a right angle to the way you run, the phone at hip height.",
    )


def _resolution(clip: ClipMeasures) -> CheckRow:
    width, height = clip.video.width, clip.video.height
    return _row(
        "resolution",
        "Resolution",
        f"{width} x {height}",
        judge_high(min(width, height), SHORTER_SIDE_PX),
        "More pixels place the joints more exactly.",
        "Film in 720p or 1080p, and share the original file rather than a messenger's copy.",
    )


def _runner_size(clip: ClipMeasures) -> CheckRow:
    share = PERCENT * clip.runner_px / clip.video.height
    return _row(
        "runner_size",
        "Runner's size",
        "unknown"
        if math.isnan(clip.runner_px)
        else f"{clip.runner_px:.0f} px high ({share:.0f} % of the picture)",
        judge_high(clip.runner_px, RUNNER_PX),
        "A small runner leaves few pixels for each joint.",
        "Come closer, or turn the phone, until the runner fills half to four fifths of the height.",
    )


def _feet(clip: ClipMeasures) -> CheckRow:
    return _row(
        "feet_in_view",
        "Feet in view",
        f"{PERCENT * clip.feet_fraction:.0f} % of the time",
        judge_high(clip.feet_fraction, FEET_FRACTION),
        "Without both feet, landing and push-off are not seen.",
        "Leave some ground below the feet and some air above the head.",
    )


def _frame_rate(clip: ClipMeasures) -> CheckRow:
    video = clip.video
    varies = ", varying" if video.is_variable_rate else ""
    return _row(
        "frame_rate",
        "Frame rate",
        f"{video.frame_rate_hz:.0f} frames/s{varies}",
        judge_high(video.frame_rate_hz, FRAME_RATE_HZ),
        "A contact lasts a quarter of a second: few frames time it coarsely.",
        "Film with 60 frames per second or more.",
    )


def _speed(clip: ClipMeasures) -> CheckRow:
    video = clip.video
    told = describe_speed(clip.movement, video)
    return _row(
        "speed",
        "Speed of the clip",
        _speed_in_words(1.0 / video.time_scale),
        Judgement.WEAK if told else Judgement.PASS,
        told or "Times are true only where the speed of the clip is known.",
        "Share the clip as the phone saved it, or give --capture-fps.",
    )


def _speed_in_words(slower: float) -> str:
    if slower == 1.0:
        return "real time"
    if slower > 1.0:
        return f"plays {slower:.3g} times slower than real"
    return f"plays {1 / slower:.3g} times faster than real"


def _sharpness(clip: ClipMeasures) -> CheckRow:
    blur = clip.pictures.blur
    return _row(
        "sharpness",
        "Sharpness",
        "unknown" if math.isnan(blur) else f"{PERCENT * (1 - blur):.0f} of 100",
        judge_low(blur, BLUR),
        "Blur widens the place where a joint can be.",
        "More light, a clean lens, focus on the runner, a steady phone.",
    )


def _light(clip: ClipMeasures) -> CheckRow:
    brightness, contrast = clip.pictures.brightness, clip.pictures.contrast
    judgements = (judge_high(brightness, BRIGHTNESS), judge_high(contrast, CONTRAST))
    order = (Judgement.FAIL, Judgement.WEAK, Judgement.UNKNOWN, Judgement.PASS)
    return _row(
        "light",
        "Light on the runner",
        "unknown"
        if math.isnan(brightness)
        else f"brightness {PERCENT * brightness:.0f} of 100, contrast {PERCENT * contrast:.0f}",
        next(each for each in order if each in judgements),
        "In the dark, or pale against pale, the joints are not seen.",
        "Film in daylight with the sun behind you, in clothes that differ from the background.",
    )


def _camera_level(clip: ClipMeasures) -> CheckRow:
    level = clip.level
    found = "no upright lines to tell by"
    if level.is_known:
        found = f"{abs(level.roll_deg):.1f}° tilted, looks {_up_down(level.pitch_deg)}"
    return _row(
        "camera_level",
        "Camera level",
        found,
        judge_low(abs(level.roll_deg), ROLL_DEG),
        "A tilted camera tilts the trunk with it; what walls and posts show is undone.",
        "Hold the phone upright or level, at hip height; its grid helps.",
    )


def _up_down(pitch_deg: float) -> str:
    if abs(pitch_deg) < 0.5:
        return "level"
    return f"{abs(pitch_deg):.0f}° {'up' if pitch_deg > 0 else 'down'}"


def _camera_motion(clip: ClipMeasures) -> CheckRow:
    found = {
        CameraMotion.STILL: "still",
        CameraMotion.SHAKING: _shaking(clip.shake_px),
        CameraMotion.PANNING: "turns after the runner",
        CameraMotion.FOLLOWING: "travels along with the runner",
        CameraMotion.UNKNOWN: "too little of the background to tell",
    }[clip.camera]
    judgement = {CameraMotion.STILL: Judgement.PASS, CameraMotion.UNKNOWN: Judgement.UNKNOWN}
    return _row(
        "camera_motion",
        "Camera movement",
        found,
        judgement.get(clip.camera, Judgement.WEAK),
        "What the background shows of it is taken out; bounce, speed and step length suffer most.",
        "Put the phone on a tripod or lean it on something, and let the runner pass.",
    )


def _shaking(shake_px: float) -> str:
    return "moves slowly" if shake_px < LEAST_SHAKE_PX else f"shakes by about {shake_px:.0f} px"


def _people(clip: ClipMeasures) -> CheckRow:
    people = clip.pictures.people
    judgement = Judgement.UNKNOWN if math.isnan(people) or people < 1 else Judgement.PASS
    if people > 1:
        judgement = Judgement.WEAK
    found = "unknown" if judgement is Judgement.UNKNOWN else f"{people:.0f}"
    advice = "Film the runner alone."
    if clip.people is not None:
        found += f": {describe_followed(clip.people, clip.video.width)}"
        advice += " To follow another person, give --person with a number from left to right."
    return _row(
        "people",
        "People",
        found,
        judgement,
        "One person is followed; where others, or a mirror, hide the runner, frames are left out.",
        advice,
    )


def _one_piece(clip: ClipMeasures) -> CheckRow:
    parts = ", ".join(f"{p.from_s:.1f} to {p.to_s:.1f} s: {p.why}" for p in clip.left_out)
    breaks = any(part.why not in (WhyLeftOut.NOBODY, WhyLeftOut.NO_RUN) for part in clip.left_out)
    return _row(
        "one_piece",
        "In one piece",
        f"one run is measured; left out: {parts}" if parts else "yes",
        Judgement.WEAK if breaks else Judgement.PASS,
        "Steps cannot be counted across a cut, or from one pass to the next.",
        "Share the clip uncut, with one steady run in it; --start and --end choose a part.",
    )


def _steps(clip: ClipMeasures) -> CheckRow:
    steps = clip.expected_steps
    return _row(
        "steps",
        "Steps expected",
        "unknown" if math.isnan(steps) else f"about {steps:.0f}",
        judge_high(steps, STEPS),
        "Seven steps of each foot are needed to show small differences.",
        "Ten seconds on a treadmill give plenty; of several passes in a clip the longest counts.",
    )
