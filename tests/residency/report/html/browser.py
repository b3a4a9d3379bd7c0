"""A real browser for the page: Debian's ``chromium``, driven without a window and without a network of its own.

In:  a page as text.
Out: an opened page, with what it asked of the network and what it said on the console.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser")
# As root, chromium has no sandbox; the rest keeps it from asking its maker for anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "no chromium here; `.ci/chromium` installs it on Debian"


def find() -> str | None:
    """The browser of this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Generator[Browser]:
    """The browser with an empty profile, which is deleted at the end."""
    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield made
        made.close()


@dataclass
class Opened:
    """A page in the browser.

    Attributes:
        page: to act on.
        said: errors and other lines of the console, dialogs, and exceptions.
        asked: addresses that were asked for, other than data inside the page.
    """

    page: Page
    said: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep a line of the console."""
        self.said.append(f"{message.type}: {message.text}")

    def on_error(self, error: Error) -> None:
        """Keep an exception that nobody caught."""
        self.said.append(f"exception: {error.message}")

    def on_dialog(self, dialog: Dialog) -> None:
        """Keep a dialog's text, and close it."""
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(self, request: Request) -> None:
        """Keep an address."""
        self.asked.append(request.url)

    def status(self) -> str:
        """What the table says of its rows."""
        return self.page.locator(".status").inner_text()

    def choose(self, name: str, value: str) -> None:
        """Choose an option of a filter."""
        self.page.locator(f".controls select[name={name}]").select_option(value)

    def column(self, name: str) -> list[str]:
        """The texts of one column of the shown rows."""
        return self.page.locator(f"tr.verdict > td.{name}").all_inner_texts()


@contextmanager
def opened(browser: Browser, text: str, folder: Path, **settings: Any) -> Generator[Opened]:
    """Write a page to a folder and open it from there.

    Args:
        browser: see ``launched``.
        text: the page.
        folder: for the file.
        settings: of the window, as playwright calls them: ``viewport``, ``java_script_enabled``, ``color_scheme``.
    """
    file = folder / "report.html"
    file.write_text(text, "utf-8")
    chosen: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, **settings}
    window = browser.new_context(**chosen)
    made = Opened(window.new_page())
    made.page.on("console", made.on_console)
    made.page.on("pageerror", made.on_error)
    made.page.on("dialog", made.on_dialog)
    made.page.on("request", made.on_request)
    made.page.goto(file.as_uri())
    yield made
    window.close()
