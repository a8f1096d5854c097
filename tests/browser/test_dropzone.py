"""The drop zone: on a bare page with an uploader played by the test, and in the running app."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.settling import WAIT
from tests.browser.studio_stage import Stage
from tiering.ui.pages.data.dropzone import Accepted, zone_markup, zone_payload, zone_script, zone_styles
from tiering.words import Words

TABLES = Accepted(("csv", "xlsx"), most_mb=1, many=True)
UPLOADER = """(key) => {
  const uploader = document.body.appendChild(document.createElement("div"));
  uploader.className = `st-key-${key}`;
  uploader.innerHTML = "<input type='file' multiple>";
  const native = uploader.firstChild;
  window.handed = [];
  native.addEventListener("change", () => handed.push([...native.files].map(({ name }) => name)));
}"""
DROP = """(zone, sizes) => {
  const dataTransfer = new DataTransfer();
  for (const [name, size] of Object.entries(sizes)) dataTransfer.items.add(new File([new Uint8Array(size)], name));
  for (const kind of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""
OVER = """(zone) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([""], "orders.csv"));
  zone.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
}"""


class Zone(Stage):
    """The zone with the page's uploader under the key ``native-0``."""

    def show_zone(self, accepted: Accepted = TABLES, language: Any = "en", **facts: Any) -> None:
        """Hand the zone a payload; ``facts`` replace single parts."""
        payload = zone_payload("Drop files here", accepted, Words(language), native="native-0", taken=[])
        self.show({**payload, **facts})

    def drop(self, **sizes: int) -> None:
        """Drop files on the zone: names, with ``_`` for the dot, and their sizes in bytes."""
        self.drop_named({name.replace("_", "."): size for name, size in sizes.items()})

    def drop_named(self, sizes: dict[str, int]) -> None:
        """Drop files of any name."""
        self.page.locator(".drop-zone").evaluate(DROP, sizes)

    def handed(self) -> list[list[str]]:
        """Names of the files that the page's uploader got, one list for each time."""
        handed: list[list[str]] = self.page.evaluate("window.handed")
        return handed

    def said(self, part: str) -> str:
        """Text of a part of the zone, as it is shown."""
        return self.page.locator(f".drop-zone .{part}").inner_text()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Zone]:
    """A zone on a page that has no uploader yet."""
    context = browser.new_context(viewport={"width": 1200, "height": 700}, color_scheme="light")
    zone = Zone(context.new_page())
    zone.mount(zone_markup(), zone_styles(), zone_script())
    yield zone
    context.close()
    assert zone.faults == []


@pytest.fixture
def zone(bare: Zone) -> Zone:
    """A zone on a page with its uploader."""
    bare.page.evaluate(UPLOADER, "native-0")
    bare.show_zone()
    return bare


def chosen(page: Page, open_chooser: Callable[[], None], *files: Any) -> None:
    with page.expect_file_chooser() as chooser:
        open_chooser()
    chooser.value.set_files(list(files))


def file(name: str, content: bytes = b"a,b\n1,2\n") -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


# what is taken


def test_dropped_files_go_to_the_page_s_own_uploader(zone):
    zone.drop(orders_csv=10, customers_xlsx=20)
    assert zone.handed() == [["orders.csv", "customers.xlsx"]]


def test_chosen_files_go_there_too_and_the_button_needs_no_mouse(zone):
    chosen(zone.page, lambda: (zone.page.keyboard.press("Tab"), zone.page.keyboard.press("Enter")), file("orders.csv"))
    assert zone.handed() == [["orders.csv"]]


def test_an_ending_in_capitals_is_the_same_ending(zone):
    zone.drop(ORDERS_CSV=10)
    assert zone.handed() == [["ORDERS.CSV"]]


def test_a_file_of_exactly_the_limit_is_taken(zone):
    zone.drop(orders_csv=1024 * 1024)
    assert zone.handed() == [["orders.csv"]]


def test_an_uploader_that_is_drawn_late_still_gets_the_files(bare):
    bare.show_zone()
    bare.drop(orders_csv=10)
    bare.page.evaluate(UPLOADER, "native-0")
    bare.page.wait_for_function("window.handed.length")
    assert bare.handed() == [["orders.csv"]]


# what is refused


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "“scan.pdf” is not of a usable type, so nothing was taken in. Usable here: CSV, XLSX."),
        ("zh", "“scan.pdf”的类型不能使用，没有接收任何文件。可用的类型：CSV、XLSX。"),
    ],
)
def test_a_file_of_another_type_is_refused_in_the_reader_s_words(zone, language, sentence):
    zone.show_zone(language=language)
    zone.drop(scan_pdf=10)
    assert zone.said("refusal").startswith(sentence)
    assert zone.handed() == []


def test_a_file_over_the_limit_is_never_said_to_have_the_limit_s_size(zone):
    zone.drop(orders_csv=1024 * 1024 + 1)
    assert zone.said("refusal").startswith("“orders.csv” has 1.1 MB")
    assert "up to 1 MB" in zone.said("refusal")
    assert zone.handed() == []


def test_one_bad_file_keeps_the_others_from_going_alone(zone):
    zone.drop(orders_csv=10, scan_pdf=10)
    assert "“scan.pdf”" in zone.said("refusal")
    assert zone.handed() == []


def test_where_one_file_is_wanted_two_are_refused(zone):
    zone.show_zone(Accepted(("json",), most_mb=5))
    zone.drop(a_json=10, b_json=10)
    assert zone.said("refusal").startswith("2 files were dropped")
    assert zone.handed() == []


def test_a_file_without_an_ending_is_refused(zone):
    zone.drop_named({"2024": 10})
    assert "“2024”" in zone.said("refusal")


def test_a_refusal_goes_when_good_files_come(zone):
    zone.drop(scan_pdf=10)
    zone.drop(orders_csv=10)
    assert zone.said("refusal") == ""


def test_a_refusal_follows_the_language(zone):
    zone.drop(scan_pdf=10)
    zone.show_zone(language="zh")
    assert "没有接收任何文件" in zone.said("refusal")


def test_names_are_text_and_never_markup(zone):
    name = "<img src=x onerror='window.broken = 1'>.exe"
    zone.drop_named({name: 10})
    assert name in zone.said("refusal")
    assert zone.page.evaluate("window.broken") is None


def test_refusals_and_progress_are_read_aloud(zone):
    assert zone.page.locator(".refusal").get_attribute("role") == "alert"
    assert zone.page.locator(".progress").get_attribute("role") == "status"
    assert zone.page.get_by_role("group", name="Drop files here").count() == 1


# on the way


def test_what_is_on_the_way_is_named_with_its_size(zone):
    zone.drop(orders_csv=1536 * 512)
    assert zone.said("progress") == "Receiving orders.csv (768 KB) …"
    zone.show_zone(native="native-1")
    zone.page.evaluate(UPLOADER, "native-1")
    zone.page.evaluate("new Promise((done) => setTimeout(done, 200))")
    zone.drop(a_csv=1024 * 1024, b_csv=512 * 1024)
    assert zone.said("progress") == "Receiving 2 files (1.5 MB) …"


def test_nothing_more_is_taken_until_the_server_is_done(zone):
    zone.drop(orders_csv=10)
    zone.drop(orders_csv=10)
    assert zone.handed() == [["orders.csv"]]
    zone.show_zone(taken=["orders.csv"])
    assert zone.said("progress") == "Received orders.csv"
    assert zone.page.locator(".choose").get_attribute("aria-disabled") == "true"
    zone.page.evaluate(UPLOADER, "native-1")
    zone.show_zone(native="native-1")
    assert zone.said("progress") == ""
    zone.drop(more_csv=10)
    assert zone.handed() == [["more.csv"]]


def test_the_button_keeps_the_focus_while_files_travel(zone):
    zone.page.locator(".choose").focus()
    zone.drop(orders_csv=10)
    assert zone.page.locator(".choose").evaluate("(node) => node.getRootNode().activeElement === node")


def test_a_transfer_can_be_cancelled(zone):
    zone.drop(orders_csv=10)
    zone.page.get_by_role("button", name="Cancel").click()
    assert zone.events() == [True]
    assert zone.said("progress") == ""
    assert not zone.page.locator(".cancel").is_visible()


def test_a_file_that_does_not_arrive_is_said_so_until_the_next_try(zone):
    zone.drop(orders_csv=10)
    chip = "document.querySelector('.st-key-native-0').insertAdjacentHTML('beforeend', '<i aria-invalid=true></i>')"
    zone.page.evaluate(chip)
    zone.painted()
    assert zone.said("refusal").startswith("“orders.csv” did not arrive")
    assert zone.events() == [True]
    zone.page.evaluate(UPLOADER, "native-1")
    zone.show_zone(native="native-1")
    assert zone.said("refusal").startswith("“orders.csv” did not arrive")


def test_an_uploader_without_an_input_is_shown_itself(bare):
    bare.page.clock.install()
    bare.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p class=st-key-native-0>Upload</p>')")
    bare.page.add_style_tag(content=".st-key-native-0:not([data-shown]) { display: none; }")
    bare.show_zone()
    assert not bare.page.get_by_text("Upload").is_visible()
    bare.page.clock.run_for(10_000)
    assert bare.page.get_by_text("Upload").is_visible()
    assert not bare.page.locator(".drop-zone").is_visible()


# looks


def test_files_held_over_the_zone_mark_it(zone):
    zone.page.locator(".drop-zone").evaluate(OVER)
    assert zone.said("label") == "Release to drop"
    assert zone.page.locator(".drop-zone").get_attribute("data-over") == "true"
    zone.drop(orders_csv=10)
    assert zone.said("label") == "Drop files here"


def test_the_focused_button_has_a_ring(zone):
    zone.page.keyboard.press("Tab")
    assert zone.page.locator(".choose").evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_the_zone_fits_every_width(zone, width):
    zone.page.set_viewport_size({"width": width, "height": 700})
    zone.drop_named({"a-very-long-name-without-any-place-to-break-" * 3 + ".pdf": 10})
    assert zone.page.evaluate("document.documentElement.scrollWidth") <= width


# in the app


@pytest.mark.parametrize(("page", "part"), [("data", ""), ("scenarios", "文件与链接")])
def test_no_english_word_of_an_uploader_is_left_on_a_chinese_page(server, window, page, part):
    window.goto(f"{server.url}/{page}?lang=zh")
    if part:
        window.get_by_role("radio", name=part).click(timeout=WAIT)
    expect(window.get_by_role("button", name="选择文件")).to_be_visible(timeout=WAIT)
    assert re.findall("Upload|Browse|per file|Drag", window.locator("body").inner_text()) == []


def test_a_file_dropped_in_the_app_is_tiered(server, window):
    rows = ["Order ID,Customer ID,Order date,Amount", *(f"O{k},K{k},2025-03-{k:02d},{100 * k}" for k in range(1, 29))]
    window.goto(f"{server.url}/data?lang=en")
    choose = window.get_by_role("button", name="Choose files")
    chosen(window, choose.click, file("orders.csv", "\n".join(rows).encode()))
    window.wait_for_url(re.compile("/tiers"), timeout=WAIT)
    expect(window.get_by_text("all 28 lines counted")).to_be_visible(timeout=WAIT)


def test_the_server_keeps_no_bytes_of_a_file_that_was_dealt_with(counting, window):
    window.goto(f"{counting.url}/data?lang=en")
    choose = window.get_by_role("button", name="Choose files")
    chosen(window, choose.click, file("orders.csv", b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)))
    expect(window.get_by_test_id("stAlert")).to_be_visible(timeout=WAIT)
    expect(choose).to_have_attribute("aria-disabled", "false", timeout=WAIT)
    assert counting.bytes_held() < 3_000_000


def test_what_a_tab_left_behind_goes_soon_after_the_last_tab_closed(counting, browser):
    """The file has come in and the page never hears of it, as when a tab is closed in mid-upload."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.route("**/_stcore/upload_file/**", lambda route: route.fetch() and None)
    page.goto(f"{counting.url}/data?lang=en")
    choose = page.get_by_role("button", name="Choose files")
    chosen(page, choose.click, file("unread.csv", bytes(5_000_000)))
    assert until(lambda: counting.bytes_held() == 5_000_000, page.wait_for_timeout)
    context.close()
    assert until(lambda: counting.bytes_held() == 0)


def until(is_so: Callable[[], bool], pause: Callable[[float], object] = lambda ms: time.sleep(ms / 1000)) -> bool:
    """Whether something comes about in time."""
    end = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > end:
            return False
        pause(500)
    return True


def test_a_scenario_that_is_none_is_refused_and_the_zone_is_ready_again(server, window):
    window.goto(f"{server.url}/scenarios?lang=en")
    window.get_by_role("radio", name="File and link").click(timeout=WAIT)
    choose = window.get_by_role("button", name="Choose a file")
    chosen(window, choose.click, file("scenario.json", b"[]"))
    expect(window.get_by_test_id("stAlert")).to_be_visible(timeout=WAIT)
    expect(choose).to_have_attribute("aria-disabled", "false", timeout=WAIT)
