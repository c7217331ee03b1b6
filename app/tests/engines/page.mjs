// Drives a page by the WebDriver protocols: the subset of Playwright's interface that the tasks need, for browsers that
// Playwright does not drive. A protocol has the methods `goto(url)`, `evaluate(script)`, `perform(actions)`, and `close()`.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds after which a condition fails that does not hold. */
const TIMEOUT = 60_000;
/** Code points of keys without a character. */
const KEYS = { Enter: "\uE007", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015", Space: " " };

/** Returns the first value of `attempt` that is true. */
async function poll(attempt, what) {
  for (const end = Date.now() + TIMEOUT; ; await sleep(20)) {
    const value = await attempt();
    if (value) return value;
    if (Date.now() > end) assert.fail(`${what}: not after ${TIMEOUT / 1000} s`);
  }
}

/** Returns a point of an element where a click hits it, after scrolling to it. Runs in the page. */
function pointOf([selector, index]) {
  const element = document.querySelectorAll(selector)[index];
  if (!element) return null;
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const point = [x + width / 2, y + height / 2];
  const top = document.elementFromPoint(...point);
  return width > 0 && top && (element.contains(top) || top.contains(element)) ? point : null;
}

class Locator {
  constructor(page, selector, index = 0) {
    Object.assign(this, { page, selector, index });
  }

  first = () => this.nth(0);
  nth = (index) => new Locator(this.page, this.selector, index);
  toString = () => `${this.selector} (${this.index})`;

  /** Waits until a function of the element and of an argument returns a value other than null. */
  async on(use, given) {
    const code = `([selector, index, given]) => {
      const element = document.querySelectorAll(selector)[index];
      return element ? { value: (${use})(element, given) ?? null } : null;
    }`;
    const found = await poll(() => this.page.evaluate(code, [this.selector, this.index, given]), this);
    return found.value;
  }

  /** Clicks the element when it no longer moves. */
  async click() {
    let last = "";
    const at = await poll(async () => {
      const point = await this.page.evaluate(pointOf, [this.selector, this.index]);
      const stays = String(point) === last;
      last = String(point);
      return stays && point;
    }, `click ${this}`);
    await this.page.mouse.click(...at);
  }

  focus = () => this.on((element) => element.focus());
  innerText = () => this.on((element) => element.innerText);
  boundingBox = () => this.on((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
  waitFor = () => poll(() => this.on((element) => element.getClientRects().length > 0), this);

  /** Writes into a field, as a user does who replaces its content. */
  fill = (value) => this.on((element, value) => {
    element.select();
    document.execCommand("insertText", false, value);
  }, value);

  selectOption = (value) => this.on((element, value) => {
    element.value = value;
    if (element.value !== value) throw new Error(`${element.id} has no option ${value}`);
    for (const event of ["input", "change"]) element.dispatchEvent(new Event(event, { bubbles: true }));
  }, value);
}

export class Page {
  constructor(protocol) {
    this.protocol = protocol;
  }

  /** Opens a page. The protocols do not reliably report when it is loaded, so the page is asked. */
  async goto(url) {
    await this.protocol.goto(url);
    const isThere = (start) => location.href.startsWith(start) && document.readyState === "complete";
    // An evaluation fails while the page changes.
    await poll(() => this.evaluate(isThere, url.split("#")[0]).catch(() => false), url);
  }

  /** Returns the value of a function in the page. Its argument and its value are passed on as JSON. */
  async evaluate(use, given) {
    const json = await this.protocol.evaluate(`JSON.stringify((${use})(${JSON.stringify(given) ?? ""})) ?? "null"`);
    return JSON.parse(json);
  }

  waitForFunction = (condition, given) => poll(() => this.evaluate(`(given) => Boolean((${condition})(given))`, given), condition);
  waitForSelector = (selector) => this.waitForFunction((selector) => document.querySelector(selector) !== null, selector);
  locator = (selector) => new Locator(this, selector);

  mouse = {
    act: (...actions) => this.protocol.perform([{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }]),
    at: [0, 0],
    /** Moves in steps, so that a drag passes points between its ends. */
    move: (x, y, { steps = 1 } = {}) => {
      const [left, top] = this.mouse.at;
      this.mouse.at = [x, y];
      return this.mouse.act(...Array.from({ length: steps }, (_, i) => {
        const share = (i + 1) / steps;
        return { type: "pointerMove", x: Math.round(left + share * (x - left)), y: Math.round(top + share * (y - top)), origin: "viewport", duration: 10 };
      }));
    },
    down: () => this.mouse.act({ type: "pointerDown", button: 0 }),
    up: () => this.mouse.act({ type: "pointerUp", button: 0 }),
    click: async (x, y) => {
      await this.mouse.move(x, y);
      await this.mouse.act({ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 });
    },
  };

  keyboard = {
    press: (key) => {
      const value = KEYS[key] ?? key;
      return this.protocol.perform([{ type: "key", id: "keyboard", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }]);
    },
  };
}
