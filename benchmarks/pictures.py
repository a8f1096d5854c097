"""Makes the pictures of the README again: ``python -m benchmarks.pictures`` opens the sample in both languages."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from benchmarks.studio import LONG, ROOT, URL, launched, settle, started
from tiering.words import LANGUAGES

SIZE = {"width": 1440, "height": 900}
MOVED, STEPS = 2, 15  # the third weight, so far to the right


def main() -> None:
    """One picture a language: the page of tiers, with a weight moved so that the baseline differs."""
    server = started()
    try:
        with sync_playwright() as playwright:
            browser = launched(playwright)
            for language in LANGUAGES:
                context = browser.new_context(viewport=SIZE, color_scheme="light")
                page = context.new_page()
                page.goto(f"{URL}/tiers?lang={language}")
                page.locator(".card").first.wait_for(timeout=LONG)
                settle(page)
                for _ in range(STEPS):
                    page.locator(".slider[role=slider]:visible").nth(MOVED).press("ArrowRight")
                settle(page)
                page.screenshot(path=ROOT / "docs" / f"studio-{language}.png")
                context.close()
            browser.close()
    finally:
        server.terminate()
        server.wait(15)


if __name__ == "__main__":
    main()
