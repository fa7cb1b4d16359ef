"""The report in a real browser: plays, scrubs, sorts, prints, without a console error.

Needs Chromium and its driver (Debian: chromium-driver); skipped where they are not.
"""

import base64
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gaitcam.analysis import Analysis
from gaitcam.overlay.render import render_annotated_video
from gaitcam.overlay.stills import make_stills, typical_steps
from gaitcam.pipeline import analyze_landmarks
from gaitcam.progress import silent
from gaitcam.report.write import write_report
from gaitcam.video.sink import open_sink
from tests.running import landmarks_from, running_points

selenium = pytest.importorskip("selenium")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no Chromium with its driver")

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
SMALL, PHONE, LAPTOP = (360, 740), (390, 844), (1440, 900)
FRAME_S = 1 / 60
PATIENCE_S = 10.0
SECONDS = 3.0


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with its video, of a made-up runner before a plain wall."""
    folder = tmp_path_factory.mktemp("report")
    analysis = analyze_landmarks(landmarks_from(running_points(seconds=SECONDS)))
    analysis = replace(analysis, video=replace(analysis.video, path=folder / "clip.mp4"))
    write_clip(analysis)
    render_annotated_video(analysis, folder / "annotated.mp4", silent)
    stills = make_stills(analysis, typical_steps(analysis, 2), analysis.findings)
    write_report(analysis, folder, stills=stills.contacts, moments=stills.moments)
    return folder / "report.html"


def write_clip(analysis: Analysis) -> None:
    video = analysis.video
    wall = np.full((video.height, video.width, 3), 90, dtype=np.uint8)
    with open_sink(video.path, video.width, video.height, video.container_rate_hz) as sink:
        for shown_s in analysis.landmarks.shown_s:
            sink.write(wall, float(shown_s))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    """The report, freshly opened on a laptop, its video loaded; no complaint at the end."""
    resize(browser, LAPTOP)
    browser.get(report.as_uri())
    until(lambda: browser.execute_script("return document.getElementById('video').readyState >= 2"))
    yield browser
    assert [entry["message"] for entry in browser.get_log("browser")] == []


def resize(browser: Any, size: tuple[int, int], theme: str = "light") -> None:
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "the page did not get there"
        time.sleep(0.02)


def moment(page: Any) -> float:
    return float(page.execute_script("return Number(document.getElementById('moment').value)"))


def video_time(page: Any) -> float:
    return float(page.execute_script("return document.getElementById('video').currentTime"))


def click(page: Any, selector: str, index: int = 0) -> None:
    script = "document.querySelectorAll(arguments[0])[arguments[1]].click()"
    page.execute_script(script, selector, index)


def press_on(page: Any, selector: str, share: float) -> None:
    """Press a pointer on a chart at a share of its width."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    plot = page.find_elements(By.CSS_SELECTOR, selector)[2]
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", plot)
    box = plot.rect
    across = round((share - 0.5) * box["width"])
    ActionChains(page).move_to_element_with_offset(plot, across, 0).click().perform()


def test_it_opens_quickly(page: Any) -> None:
    loaded_ms = page.execute_script(
        "return performance.getEntriesByType('navigation')[0].domComplete"
    )
    assert loaded_ms < 2000


def test_pressing_a_chart_moves_the_video(page: Any) -> None:
    press_on(page, "[data-scrub]", 0.5)
    half = SECONDS / 2
    until(lambda: abs(video_time(page) - half) < 2 * FRAME_S)
    assert moment(page) == pytest.approx(half, abs=2 * FRAME_S)
    place = page.execute_script("return document.querySelectorAll('.cursor')[2].style.left")
    assert float(place.removesuffix("%")) == pytest.approx(50.0, abs=1.0)


def test_moving_the_video_moves_the_charts(page: Any) -> None:
    page.execute_script("document.getElementById('video').currentTime = 2.0")
    until(lambda: abs(moment(page) - 2.0) < 2 * FRAME_S)


def test_playing_moves_video_and_charts_together(page: Any) -> None:
    start = moment(page)
    click(page, "#play")
    until(lambda: moment(page) > start + 0.1)
    click(page, "#play")
    until(lambda: page.execute_script("return document.getElementById('video').paused"))
    until(lambda: abs(moment(page) - video_time(page)) < 3 * FRAME_S)


def test_the_arrow_keys_step_by_one_frame(page: Any) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    before = moment(page)
    page.find_element(By.ID, "moment").send_keys(Keys.ARROW_RIGHT)
    assert moment(page) - before == pytest.approx(FRAME_S, abs=0.5 * FRAME_S)


def test_next_contact_and_a_findings_moment_are_jumped_to(page: Any) -> None:
    click(page, "#next")
    assert "initial contact" in page.execute_script(
        "return document.getElementById('clock').textContent"
    )
    wanted = float(page.execute_script("return document.querySelector('.jump').dataset.moment"))
    click(page, ".jump")
    assert moment(page) == pytest.approx(wanted, abs=1e-3)
    until(lambda: abs(video_time(page) - wanted) < 2 * FRAME_S)


def test_the_step_table_sorts_both_ways(page: Any) -> None:
    script = """return [...document.querySelectorAll('#step-table tbody tr')]
        .map((row) => row.cells[4].querySelector('data'))
        .filter(Boolean).map((number) => Number(number.value))"""
    click(page, "#step-table th button", 4)
    ascending = page.execute_script(script)
    click(page, "#step-table th button", 4)
    assert ascending == sorted(ascending)
    assert page.execute_script(script) == ascending[::-1]
    assert page.execute_script("return document.querySelectorAll('th[aria-sort]').length") == 1


def test_the_theme_follows_the_system_and_the_button(page: Any) -> None:
    background = "return getComputedStyle(document.body).backgroundColor"
    light = page.execute_script(background)
    resize(page, LAPTOP, "dark")
    dark = page.execute_script(background)
    assert light != dark
    click(page, "#theme")  # from auto to light
    assert page.execute_script(background) == light
    click(page, "#theme")
    click(page, "#theme")  # back to auto, for the tests that follow


def test_a_link_opens_the_closed_part_that_it_points_into(page: Any) -> None:
    script = """const target = document.getElementById(location.hash.slice(1));
        const top = target.getBoundingClientRect().top;
        return target.closest('details').open && top >= 0 && top < innerHeight"""
    for selector in (".finding .source[href^='#correction']", ".entry .source"):
        click(page, selector)
        until(lambda: page.execute_script(script))


@pytest.mark.parametrize("size", [SMALL, PHONE, LAPTOP])
def test_nothing_needs_sideways_scrolling(page: Any, size: tuple[int, int]) -> None:
    resize(page, size)
    width = page.execute_script("return document.documentElement.scrollWidth")
    assert width <= size[0]


def test_a_chip_of_any_words_stays_inside_its_card(page: Any) -> None:
    resize(page, SMALL)
    script = """const chip = document.querySelector('.headline .chip');
        chip.textContent = '≈ Within measurement error';
        const card = chip.closest('.headline').getBoundingClientRect();
        return chip.getBoundingClientRect().right <= card.right"""
    assert page.execute_script(script)


def test_the_reason_of_a_check_has_the_whole_width_of_a_phone(page: Any) -> None:
    resize(page, PHONE)
    script = """const reason = document.querySelector('.check td:last-child');
        return [reason.clientWidth, reason.closest('.table-box').clientWidth,
            reason.closest('.table-box').scrollWidth]"""
    reason, box, needed = page.execute_script(script)
    assert needed == box
    assert reason > 0.9 * box


def test_the_time_axis_ends_with_its_charts(page: Any) -> None:
    click(page, "[data-zoom='2']")  # a tick stands right at the end
    script = """const ends = (e) => e.getBoundingClientRect().right;
        const axis = document.getElementById('time-axis');
        return ends(axis.lastElementChild) - ends(axis)"""
    assert page.execute_script(script) <= 3


def test_it_prints_on_few_pages(page: Any) -> None:
    pdf = base64.b64decode(
        page.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    )
    assert pdf.startswith(b"%PDF")
    assert 4 <= pdf.count(b"/Type /Page\n") <= 8
    left_open = "return document.querySelectorAll('details[data-print][open]').length"
    assert page.execute_script(left_open) == 0


@pytest.fixture
def paper(page: Any) -> Iterator[Any]:
    """The report as it is printed, on a sheet 190 mm wide."""
    resize(page, (718, 1000))
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    page.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    yield page
    page.execute_script("window.dispatchEvent(new Event('afterprint'))")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_paper_holds_every_finding_and_the_table_of_numbers(paper: Any) -> None:
    shown = paper.execute_script("return document.body.innerText")
    headings = paper.execute_script("""return [...document.querySelectorAll(
        '.finding h3, .finding h4, #numbers tbody th')].map((e) => e.innerText)""")
    assert len(headings) > 40
    assert all(heading and heading in shown for heading in headings)
    assert "Every step: in steps.csv" in shown
    assert "entry by entry: in report.html" in shown


def test_paper_holds_nothing_that_only_works_on_a_screen(paper: Any) -> None:
    shown = paper.execute_script("return document.body.innerText")
    hints = ("Play, or touch", "Choose a heading", "Print this page", "How sure are these")
    assert [hint for hint in hints if hint in shown] == []
    assert "Everything in the five articles" not in shown
    values = """return [...document.querySelectorAll('.key output, .cursor')]
        .filter((e) => e.checkVisibility()).length"""
    assert paper.execute_script(values) == 0


def test_paper_has_small_print_and_whole_cards(paper: Any) -> None:
    size = "return parseFloat(getComputedStyle(document.querySelector(arguments[0])).fontSize)"
    assert all(paper.execute_script(size, part) < 13 for part in ("body", ".evidence", ".small"))
    right = """return Math.max(...[...document.querySelectorAll('.headline, .finding')]
        .map((e) => e.getBoundingClientRect().right))"""
    assert paper.execute_script(right) <= 717


def test_paper_shows_what_is_folded_without_the_script(paper: Any) -> None:
    paper.execute_script("window.dispatchEvent(new Event('afterprint'))")
    script = """return [...document.querySelectorAll('.quiet .words p')]
        .filter((p) => !p.checkVisibility({contentVisibilityAuto: true})).length"""
    assert paper.execute_script(script) == 0


def test_every_control_and_picture_has_a_name(page: Any) -> None:
    nameless = page.execute_script("""
        const spoken = (e) => e && (e.getAttribute('aria-label') || e.getAttribute('alt')
            || e.textContent.trim());
        const name = (e) => spoken(e) || spoken(e.closest('label'))
            || spoken(e.querySelector('img'));
        return [...document.querySelectorAll('button, a, input, select, img, svg[role=img]')]
            .filter((e) => !name(e)).map((e) => e.outerHTML.slice(0, 80))""")
    assert nameless == []


# Relative luminance and contrast as WCAG 2.2 defines them; AA asks for 4.5 for text.
CONTRAST = """
const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (e) => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } };
return [...document.querySelectorAll('body *')].filter((e) => e.offsetParent && !e.closest('svg')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())).map((e) => {
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 80)];
}).filter(([ratio]) => ratio < 4.5)"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_enough_contrast(page: Any, theme: str) -> None:
    resize(page, LAPTOP, theme)
    assert page.execute_script(CONTRAST) == []


def test_without_the_video_the_figure_plays(browser: Any, report: Path, tmp_path: Path) -> None:
    alone = tmp_path / "report.html"
    shutil.copy(report, alone)
    resize(browser, LAPTOP)
    browser.get(alone.as_uri())
    visible = "return !document.getElementById('figure').hidden"
    until(lambda: browser.execute_script(visible))
    start = moment(browser)
    click(browser, "#play")
    until(lambda: moment(browser) > start + 0.1)
    click(browser, "#play")
    legs = "return document.querySelector('#figure .leg.near').getAttribute('points')"
    before = browser.execute_script(legs)
    press_on(browser, "[data-scrub]", 0.8)
    assert browser.execute_script(legs) != before
    browser.get_log("browser")  # says that the video is missing, which it is
