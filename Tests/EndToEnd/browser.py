"""A headless Chromium that opens pages from folders, as a reader's browser does."""

import base64
import io
import time
from contextlib import contextmanager

import numpy as np
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

SIZE = (1366, 768)


@contextmanager
def chromium(downloads, size=SIZE, time_zone="Asia/Tokyo"):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-gpu",
                     "--force-device-scale-factor=1", "--disable-background-networking"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": time_zone})
        resize(driver, *size)
        yield driver
    finally:
        driver.quit()


def resize(driver, width, height):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


class ViewedPage:
    """A page that is open, and what a person does with it."""

    def __init__(self, driver, path):
        self.driver = driver
        driver.get(path.as_uri())
        self.wait_ready()

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, seconds=10):
        """Until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not (value := self.js(f"return {script}")):
            assert time.monotonic() < end, f"still not: {script}\n{self.console()}"
            time.sleep(0.02)
        return value

    def wait_until(self, condition, seconds=5):
        """Until something is so: a busy machine may draw a frame late."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"still not so\n{self.console()}"
            time.sleep(0.05)

    def wait_ready(self):
        """Until each pane that shows something has drawn it, or says why not."""
        self.wait("window.Filmroom && Filmroom.room && Filmroom.room.shown.every((p) => !p.stack || !p.pending && "
                  "(p.picture.isReady || p.overlay.message.classList.contains('error')))")

    def keys(self, *keys):
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)
        self.wait_ready()

    def press(self, *keys, shift=False):
        """Keys to whatever has the focus."""
        chain = ActionChains(self.driver)
        if shift:
            chain.key_down(Keys.SHIFT)
        for key in keys:
            chain.send_keys(key)
        if shift:
            chain.key_up(Keys.SHIFT)
        chain.perform()
        self.wait_ready()

    def find(self, css):
        return self.driver.find_element("css selector", css)

    def all(self, css):
        return self.driver.find_elements("css selector", css)

    def focus_pane(self, index=0):
        self.js("Filmroom.room.panes[arguments[0]].surface.focus()", index)

    def canvas(self, index=0):
        """What a pane's canvas holds, as RGBA."""
        data = self.js(f"return Filmroom.room.panes[{index}].image.toDataURL('image/png')")
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(data.split(",")[1]))).convert("RGBA"))

    def shown_pixels(self, index=0):
        """What a pane's canvas holds of the image, which must be shown at full size."""
        pane = f"Filmroom.room.panes[{index}]"
        a, _, _, d, e, f = self.js(f"return {pane}.matrix")
        rows, columns = self.js(f"return [{pane}.item.instance.rows, {pane}.item.instance.columns]")
        assert (a, d) == (1, 1), "not at full size"
        left, top = int(e), int(f)
        assert left >= 0 and top >= 0, "the image is larger than the pane"
        return self.canvas(index)[top:top + rows, left:left + columns]

    def console(self):
        return [f"{entry['level']} {entry['message']}" for entry in self.driver.get_log("browser")]

    def screenshot(self, path):
        self.driver.save_screenshot(str(path))
