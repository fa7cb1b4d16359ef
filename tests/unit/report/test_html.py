"""The page as text; tests/integration/test_report_page.py opens it in a browser."""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from markupsafe import escape
from numpy.typing import NDArray

from gaitcam.analysis import Analysis
from gaitcam.check.report import Judgement
from gaitcam.findings.assess import top_actions
from gaitcam.findings.corrections import load_handbook
from gaitcam.findings.finding import FindingKind
from gaitcam.findings.profile_finding import ProfileFinding, ProfileKind
from gaitcam.gait.activity import Activity
from gaitcam.gait.cycles import Step
from gaitcam.report import page as page_words
from gaitcam.report.figures import Figures
from gaitcam.report.html import PageMedia, render_page, render_text
from gaitcam.report.summary_json import summarise
from gaitcam.units import UnitSystem, display_unit
from gaitcam.vocabulary import Side

MAY_BE_ELSEWHERE = "annotated.mp4"
TAG = re.compile(r"<[^>]*>")
VOID = {"meta", "link", "img", "input", "br", "hr"}


@dataclass(frozen=True)
class Picture:
    step: Step
    is_near: bool
    time_s: float
    image: NDArray[np.uint8]


class Page(HTMLParser):
    """Collects ids, links, numbers and files that a page names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.anchors: set[str] = set()
        self.numbers: list[tuple[dict[str, str | None], str]] = []
        self.files: list[str] = []
        self.open: list[str] = []
        self.levels: list[int] = []
        self._number: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a" and str(values.get("href", "")).startswith("#"):
            self.anchors.add(str(values["href"])[1:])
        if tag in {"img", "video", "script", "link"}:
            self.files += [str(values[k]) for k in ("src", "href") if values.get(k)]
        if tag in {"h1", "h2", "h3", "h4"}:
            self.levels.append(int(tag[1]))
        self._number = values if tag == "data" else None

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self._number is not None:
            self.numbers.append((self._number, data))
            self._number = None


def still_of(analysis: Analysis) -> Picture:
    return Picture(analysis.steps[1], True, 1.0, np.zeros((72, 56, 3), dtype=np.uint8))


@pytest.fixture(scope="module", params=list(UnitSystem))
def system(request: pytest.FixtureRequest) -> UnitSystem:
    return UnitSystem(request.param)


@pytest.fixture(scope="module")
def text(
    analysis: Analysis,
    summary: dict[str, Any],
    profile_findings: tuple[ProfileFinding, ...],
    system: UnitSystem,
) -> str:
    media = PageMedia((still_of(analysis),), "annotated.mp4")
    return render_page(analysis, summary, media, profile_findings, system)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_number_of_the_page_is_that_of_the_summary(
    page: Page, summary: dict[str, Any], system: UnitSystem
) -> None:
    figures = Figures(summary, system)
    assert len(page.numbers) > 100
    for attributes, shown in page.numbers:
        stored = figures.at(str(attributes["data-path"]))
        assert float(str(attributes["value"])) == stored
        unit = display_unit(attributes["data-unit"] or "", system)
        read = float(shown.replace("−", "-"))
        decimals = len(shown.partition(".")[2])
        assert read == pytest.approx(stored * unit.factor, abs=0.501 * 10.0**-decimals)


def test_lengths_are_told_in_the_reports_own_units_only(
    text: str, analysis: Analysis, summary: dict[str, Any], system: UnitSystem
) -> None:
    plain = render_text(analysis, summary, (), system)
    own, other = ("cm", "in") if system is UnitSystem.METRIC else ("in", "cm")
    bounce = summary["metrics"]["vertical_oscillation_m"]
    told = display_unit("m", system).text(bounce["value"])
    for words in (plain, text.replace("&nbsp;", " ")):
        read = TAG.sub("", words)
        assert f"Your trunk and head rise and fall by {told} with each step" in read
        assert re.search(rf"\d {own}\b", read)
        assert not re.search(rf"\d {other}\b", read)


def test_a_number_has_the_same_digits_wherever_it_stands(
    text: str, analysis: Analysis, summary: dict[str, Any], system: UnitSystem
) -> None:
    plain = render_text(analysis, summary, (), system)
    lean = summary["metrics"]["trunk_lean_deg"]["value"]
    tilt = summary["metrics"]["pelvic_tilt_estimate_deg"]["value"]
    read = TAG.sub("", text)
    for words in (f"leans {lean:.1f}° from", f"Pelvic tilt, an estimate: {tilt:.1f}° forward"):
        assert words in read
        assert words in plain
    card = text[text.index('id="head-pelvic_tilt"') :].partition("</article>")[0]
    assert f">{tilt:.1f}</data>°" in card


def test_the_four_results_stand_first(text: str) -> None:
    order = [text.index(f'id="head-{k}"') for k in ("overstride", "trunk_lean", "pelvic_tilt")]
    assert order == sorted(order)
    assert text.index('id="head-cadence"') < text.index('id="actions"')


def test_every_link_inside_the_page_has_its_place(page: Page) -> None:
    assert page.anchors <= set(page.ids)


def test_no_place_is_named_twice(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))


def test_every_correction_has_an_anchor_and_its_source_too(page: Page) -> None:
    handbook = load_handbook()
    ids = set(page.ids)
    for entry in handbook.corrections.values():
        assert f"correction-{entry.correction_id}" in ids
        for source in entry.sources:
            assert f"source-{source.article_id}-{source.section_id}" in ids


def test_the_page_is_one_file_apart_from_the_video(page: Page) -> None:
    outside = [name for name in page.files if not name.startswith("data:")]
    assert outside == [MAY_BE_ELSEWHERE]


def test_elements_are_closed_and_headings_skip_no_level(page: Page) -> None:
    assert page.open == []
    assert page.levels[0] == 1
    assert all(
        after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)
    )


def test_red_flags_and_both_sides_of_a_disagreement_are_always_there(text: str) -> None:
    handbook = load_handbook()
    plain = text.replace("&#39;", "'")
    for flag in handbook.red_flags:
        assert flag.text in plain
    for debate in handbook.disagreements:
        assert all(position.text in plain for position in debate.positions)


def test_text_of_the_file_is_escaped(analysis: Analysis, summary: dict[str, Any]) -> None:
    evil = '<img src=x onerror="alert(1)">.mp4'
    changed = summary | {"clip": summary["clip"] | {"file_name": evil}}
    named = replace(analysis, video=replace(analysis.video, path=Path(evil)))
    text = render_page(named, changed, PageMedia((), evil), (), UnitSystem.METRIC)
    assert "<img src=x" not in text
    assert "&lt;img src=x" in text


def test_what_the_answers_ask_to_have_checked_comes_before_all_else(
    text: str, analysis: Analysis, summary: dict[str, Any],
    profile_findings: tuple[ProfileFinding, ...],
) -> None:  # fmt: skip
    flags = [f for f in profile_findings if f.kind is ProfileKind.RED_FLAG]
    assert flags
    plain = render_text(analysis, summary, profile_findings, UnitSystem.METRIC)
    action = top_actions(analysis.findings)[0].text
    beginnings = (
        text.partition("<main")[2].partition('id="results-title"')[0],
        text.partition('id="actions-title"')[2].partition(str(escape(action)))[0],
        plain.partition(page_words.verdict(analysis.findings, is_judged=True)[0])[0],
        plain.partition("## What to do first")[2].partition(action)[0],
    )
    for flag in flags:
        assert all(flag.title in beginning for beginning in beginnings)
        assert all(len(beginning) < 1000 for beginning in beginnings)


def both_reports(analysis: Analysis, findings: tuple[ProfileFinding, ...]) -> tuple[str, str]:
    summary = summarise(analysis, findings)
    return (
        render_page(analysis, summary, PageMedia(), findings, UnitSystem.METRIC),
        render_text(analysis, summary, findings, UnitSystem.METRIC),
    )


def first_things(report: str) -> str:
    """The section on what to do first, up to the signs to show to a doctor."""
    return report.rpartition("What to do first")[2].partition("first if")[0]


def test_with_signs_of_danger_advice_on_running_waits_until_they_were_seen(
    analysis: Analysis, profile_findings: tuple[ProfileFinding, ...]
) -> None:
    action = str(escape(top_actions(analysis.findings)[0].text))
    for report in both_reports(analysis, profile_findings):
        before, heading, after = first_things(report).partition("Once you have been seen")
        assert heading
        assert "a doctor or physiotherapist should see before you run on" in before
        assert action not in before
        assert action in after
        assert "What to do, once you have been seen" in report
    for report in both_reports(analysis, ()):
        assert action in first_things(report)
        assert "once you have been seen" not in report.lower()


def test_a_first_step_names_its_finding_and_how_little_sure_that_is(analysis: Analysis) -> None:
    words = "The clip shows this with little sureness."
    finding = next(f for f in analysis.findings if f.kind is FindingKind.CHANGE)
    for sure, is_reserved in (("high", False), ("low", True)):
        told = replace(analysis, findings=(replace(finding, sure=sure),))
        for report in both_reports(told, ()):
            assert str(escape(finding.title)) in first_things(report)
            assert (words in first_things(report)) == is_reserved


def test_without_such_answers_nothing_stands_before_the_results(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    assert '<aside class="own-flags"' not in render_page(
        analysis, summary, PageMedia(), (), UnitSystem.METRIC
    )


@pytest.mark.parametrize(
    ("value", "steps", "words"),
    [
        (1.0, 3, "Too few steps"),
        (1.0, 20, "Too close to call"),
        (-1.0, 20, "Within measurement error"),
    ],
)
def test_an_undecided_value_says_what_leaves_it_so(
    analysis: Analysis, value: float, steps: int, words: str
) -> None:
    lean = next(f for f in analysis.findings if f.key == "trunk_lean")
    undecided = replace(lean, kind=FindingKind.UNCERTAIN, value=value, n=steps)
    assert page_words.chip_words(undecided)[0] == words


def test_a_finding_of_one_foot_names_it_and_leaves_the_mean_of_both_alone(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    own = next(f for f in analysis.findings if f.key == "overstride")
    one_foot = replace(own, kind=FindingKind.CHANGE, side=Side.LEFT)
    findings = [f if f.key != "overstride" else one_foot for f in analysis.findings]
    cards = page_words.finding_cards(findings, Figures(summary, UnitSystem.METRIC))
    card = next(c for c in cards if c.finding.key == "overstride")
    head = page_words.headlines(cards, Figures(summary, UnitSystem.METRIC))[0]
    assert page_words.chip_words(one_foot)[0] == "Worth a change: left foot"
    assert card.label.endswith(", left foot")
    assert card.picture is not None
    assert head.picture is None


def test_the_edge_of_a_range_in_another_unit_than_the_number_names_it(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    text = render_page(analysis, summary, PageMedia(), (), UnitSystem.METRIC)
    card = text[text.index('id="head-overstride"') :].partition("</article>")[0]
    assert summary["metrics"]["overstride_m"]["value"] is not None
    assert ">25 % of leg</span>" in card


def test_the_table_tells_how_both_feet_are_joined(
    text: str, analysis: Analysis, summary: dict[str, Any]
) -> None:
    words = "The median of each foot's steps; both: the mean of the two."
    assert words in text
    assert words in render_text(analysis, summary, (), UnitSystem.METRIC)
    knee = summary["metrics"]["knee_flexion_at_ic_deg"]
    both = 0.5 * (knee["left"]["value"] + knee["right"]["value"])
    assert knee["value"] == pytest.approx(both)


def test_the_pelvic_estimate_is_never_judged(text: str, analysis: Analysis) -> None:
    finding = next(f for f in analysis.findings if f.key == "pelvic_tilt")
    assert finding.kind is FindingKind.INFORMATION
    card = text[text.index('id="head-pelvic_tilt"') :].partition("</article>")[0]
    assert "Estimate, not judged" in card
    assert "chip-change" not in card
    assert "chip-good" not in card


def test_a_measured_pelvis_is_called_measured_in_the_text_report_too(
    analysis: Analysis,
) -> None:
    tilt = next(f for f in analysis.findings if f.key == "pelvic_tilt")
    measured = replace(tilt, metric_key="pelvic_tilt_measured_deg")
    for finding, words in ((tilt, "Estimate, not judged."), (measured, "Measured, not judged.")):
        shown = replace(analysis, findings=(finding,))
        section = render_text(shown, summarise(shown), (), UnitSystem.METRIC).partition(
            "## Findings"
        )[2]
        assert f"\n{words} Pelvic tilt" in section.partition("\n## ")[0]


def test_the_estimate_is_as_unsure_as_its_interval(text: str, summary: dict[str, Any]) -> None:
    low, high = summary["metrics"]["pelvic_tilt_estimate_deg"]["interval"]
    (told,) = re.findall(r"can be off by more than (\d+)°", text)
    assert float(told) <= 0.5 * (high - low)


def test_no_heading_denies_the_range_of_what_it_holds(analysis: Analysis, text: str) -> None:
    assert any(f.kind is FindingKind.INFORMATION for f in analysis.findings)
    assert "without a range" not in text
    assert '<h3 class="more-findings">For information</h3>' in text


def test_the_two_estimates_of_the_view_are_told_apart(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    turned = summary | {"clip": summary["clip"] | {"camera_yaw_deg": -15.2}}
    text = TAG.sub("", render_page(analysis, turned, PageMedia(), (), UnitSystem.METRIC))
    assert "turned −15.2° from square-on" in text
    assert "The view in the check above is a second, rougher estimate of that turn" in text


def test_sureness_is_explained_before_it_is_told(
    text: str, page: Page, analysis: Analysis, summary: dict[str, Any]
) -> None:
    assert "sureness" in page.anchors & set(page.ids)
    assert text.index(page_words.SURENESS) < text.index('<a href="#sureness">')
    plain = render_text(analysis, summary, (), UnitSystem.METRIC)
    assert plain.index(page_words.SURENESS) < plain.index("steps, sureness")


def test_one_step_is_not_called_steps(analysis: Analysis) -> None:
    one = replace(analysis, findings=(replace(analysis.findings[0], n=1),))
    assert ", 1 step, sureness" in render_text(one, summarise(one), (), UnitSystem.METRIC)


def test_without_video_and_pictures_the_page_says_so(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    text = render_page(analysis, summary, PageMedia(), (), UnitSystem.METRIC)
    assert "<video" not in text
    assert "No video was made" in text
    assert 'href="#landings"' not in text


def test_a_slowed_video_has_its_own_clock(analysis: Analysis, summary: dict[str, Any]) -> None:
    media = PageMedia((), "annotated.mp4", lambda shown_s: 2.0 * shown_s)
    text = render_page(analysis, summary, media, (), UnitSystem.METRIC)
    last_s = float(analysis.landmarks.shown_s[-1])
    assert f"{round(2.0 * last_s, 4)}]" in text


def test_the_text_report_holds_the_results_the_actions_and_the_flags(
    analysis: Analysis, summary: dict[str, Any], profile_findings: tuple[ProfileFinding, ...]
) -> None:
    text = render_text(analysis, summary, profile_findings, UnitSystem.METRIC)
    cadence = summary["metrics"]["cadence_spm"]["value"]
    assert f"| Cadence | {cadence:.1f} steps/min |" in text
    for part in (
        *(f.text for f in load_handbook().red_flags),
        *(f.title for f in analysis.findings),
    ):
        assert part in text
    assert all(finding.title in text for finding in profile_findings)
    assert "&#" not in text


def test_text_of_the_file_is_plain_in_the_text_report(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    changed = summary | {"clip": summary["clip"] | {"file_name": "<b>a*b*\n# c.mp4"}}
    text = render_text(analysis, changed, (), UnitSystem.METRIC)
    assert text.startswith(r"# Running form: \<b\>a\*b\* \# c.mp4")


def test_a_measured_pelvis_stands_in_place_of_the_estimate(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    metrics = summary["metrics"]
    known = metrics["pelvic_tilt_measured_deg"] | {"value": 20.0, "interval": [18.0, 22.0], "n": 9}
    changed = summary | {"metrics": metrics | {"pelvic_tilt_measured_deg": known}}
    text = render_page(analysis, changed, PageMedia(), (), UnitSystem.METRIC)
    card = text[text.index('id="head-pelvic_tilt"') :].partition("</article>")[0]
    assert "Pelvic tilt, measured" in card
    assert 'data-path="metrics.pelvic_tilt_measured_deg.value"' in card
    assert "Measured, not judged" in card


def test_the_check_of_the_clip_stands_at_the_head(text: str, analysis: Analysis) -> None:
    assert analysis.check is not None
    assert text.index(analysis.check.verdict) < text.index('id="actions"')
    assert all(escape(row.label) in text for row in analysis.check.of(Judgement.PASS))


def test_a_walk_is_shown_but_not_judged(analysis: Analysis) -> None:
    assert analysis.movement is not None
    walking = replace(analysis.movement, activity=Activity.WALKING)
    walk = replace(analysis, movement=walking, findings=())
    text = render_page(walk, summarise(walk), PageMedia(), (), UnitSystem.METRIC)
    assert "Measured, but not judged." in text
    assert "Nothing is judged in this clip" in text
    assert "chip-change" not in text.partition("<main")[2].partition('id="quality"')[0]


def test_the_head_leads_to_what_was_checked(
    text: str, analysis: Analysis, summary: dict[str, Any]
) -> None:
    assert analysis.check is not None
    head = text.partition('id="actions"')[0]
    assert 'href="#check"' in head
    table = text.partition('id="check"')[2].partition("</table>")[0]
    plain = render_text(analysis, summary, (), UnitSystem.METRIC).partition("## How sure")[2]
    for row in analysis.check.rows:
        assert str(escape(row.label)) in table
        assert f"| {row.label} | {row.found} | {row.judgement} |" in plain


def test_the_player_counts_from_the_first_frame_of_the_video(
    analysis: Analysis, summary: dict[str, Any]
) -> None:
    """Where the clip's first pictures cannot be decoded, the annotated video begins later."""

    def twice(shown_s: float) -> float:
        return 2.0 * shown_s

    shown_s = analysis.landmarks.shown_s
    for clock, slower in ((None, 1.0), (twice, 2.0)):
        media = PageMedia(video_name="annotated.mp4", video_clock=clock, video_from_s=0.7)
        page = render_page(analysis, summary, media, (), UnitSystem.METRIC)
        stored = re.search(r'"video_s":\[([-0-9.,]*)\]', page)
        assert stored is not None
        video_s = [float(value) for value in stored[1].split(",")]
        assert video_s[0] == pytest.approx(slower * (shown_s[0] - 0.7), abs=1e-4)
        assert video_s[-1] == pytest.approx(slower * (shown_s[-1] - 0.7), abs=1e-4)
