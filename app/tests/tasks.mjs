// Tasks of a newcomer, by mouse, touch, or keyboard. Each begins with the page as a link shows it.

import assert from "node:assert/strict";
import { PAGE, eventually, saved, text, until } from "./browser.mjs";

export const HOME = "#on=article&with=rprop&with=momentum:learning_rate=0.3";
const hash = (page, part) => until(page, (part) => location.hash.includes(part), part);
const position = (page, expected) => eventually(async () => assert.equal(await text(page, "#position"), expected));
const click = (selector) => (page) => page.locator(selector).first().click();
const press = (...keys) => async (page) => { for (const key of keys) await page.keyboard.press(key); };
const focus = (selector) => (page) => page.locator(selector).focus();
/** Returns the px of a share of an element. */
const inside = async (page, selector, x, y) => {
  const box = await page.locator(selector).boundingBox();
  return [box.x + x * box.width, box.y + y * box.height];
};
const rows = (page, count) => until(page, (count) => document.querySelectorAll("#table tbody tr").length === count, count);

/** What a newcomer wants, the actions, and how the page shows that it worked. */
export const MOUSE = {
  "watch the runs": [[click("#play")], (page) => until(page, () => document.querySelector("#play").textContent === "Pause")],
  "pause the runs": [[click("#play"), click("#play")], (page) => until(page, () => document.querySelector("#play").textContent === "Play")],
  "go to the start": [[click("#first")], (page) => position(page, "epoch 0")],
  "go to the end": [[click("#first"), click("#last")], (page) => position(page, "epoch 92")],
  "make one step": [[click("#first"), click("#forward")], (page) => position(page, "epoch 1")],
  "take a step back": [[click("#back")], (page) => position(page, "epoch 91")],
  "go to epoch 12": [[(page) => page.locator("#at").fill("12"), press("Enter")], (page) => position(page, "epoch 12")],
  "count evaluations instead of epochs": [[(page) => page.locator("#by").selectOption("evaluations")], (page) => hash(page, "by=evaluations")],
  "drag the initial point": [[async (page) => {
    await page.mouse.move(...(await inside(page, "#handle", 0.5, 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await inside(page, "#canvas", 0.3, 0.3)), { steps: 5 });
    await page.mouse.up();
  }], (page) => hash(page, "start=")],
  "put the initial point elsewhere": [[async (page) => page.mouse.click(...(await inside(page, "#canvas", 0.9, 0.3)))], (page) => hash(page, "start=")],
  "zoom in": [[click("#zoom-in")], (page) => hash(page, "window=")],
  "move the map": [[async (page) => {
    await page.mouse.move(...(await inside(page, "#canvas", 0.7, 0.3)));
    await page.mouse.down();
    await page.mouse.move(...(await inside(page, "#canvas", 0.5, 0.5)), { steps: 4 });
    await page.mouse.up();
  }], (page) => hash(page, "window=")],
  "see the whole map again": [[click("#zoom-in"), (page) => hash(page, "window="), click("#fit")], (page) => until(page, () => !location.hash.includes("window"))],
  "read the loss at a point": [[async (page) => page.mouse.move(...(await inside(page, "#canvas", 0.8, 0.2)))], (page) => until(page, () => /loss .*gradient/.test(document.querySelector("#readout").textContent))],
  "choose another problem": [[(page) => page.locator("#problem").selectOption("rosenbrock")], (page) => hash(page, "rosenbrock")],
  "add Adam": [[(page) => page.locator("#add").selectOption("adam"), click("#add-it")], (page) => rows(page, 3)],
  "remove an algorithm": [[click(".entry summary"), click(".remove")], (page) => rows(page, 1)],
  "change a learning rate with its slider": [[async (page) => page.mouse.click(...(await inside(page, ".entry:nth-child(2) .main-slider input", 0.9, 0.5)))], (page) => until(page, () => !location.hash.includes("momentum:learning_rate=0.3"))],
  "type a learning rate": [[(page) => page.locator(".entry summary").nth(1).click(), (page) => page.locator("#with-1 input[type=text]").first().fill("1"), press("Enter")], (page) => hash(page, "momentum:learning_rate=1")],
  "tune a learning rate": [[(page) => page.locator(".entry summary").nth(1).click(), (page) => page.locator(".tune").nth(1).click()], (page) => until(page, () => /^Tuned by 15 trials/.test(document.querySelectorAll(".entry [role=status]")[1].textContent))],
  "find out why momentum made a step": [[(page) => page.locator(".entry .name").nth(1).click()], (page) => until(page, () => document.querySelector("#inspected").value === "Momentum" && /^Step 92/.test(document.querySelector("#reason").textContent))],
  "see the numbers of a step": [[click("#numbers summary")], (page) => page.locator("#numbers li").first().waitFor()],
  "find the winner": [[], async (page) => eventually(async () => assert.equal(await page.locator(".score[data-first]").innerText(), "20"))],
  "compare the evaluations": [[click("#view-table")], (page) => page.locator("#column-evaluations").waitFor()],
  "sort the table": [[click("#view-table"), (page) => page.locator("#column-epochs button").click()], (page) => until(page, () => document.querySelector("#column-epochs").ariaSort === "ascending")],
  "see the loss in 3-D": [[click("#shortcuts button[value=surface]")], (page) => hash(page, "figure=surface")],
  "see the data": [[click("#shortcuts button[value=data]")], (page) => page.locator("#picture svg").waitFor()],
  "enlarge a figure": [[click("#shortcuts button[value=bars]"), click("#picture-large")], async (page) => eventually(async () => assert.ok((await page.locator("#picture-box").boundingBox()).width > 1000))],
  "compare all values of two settings": [[click("#view-settings")], (page) => until(page, () => Number(document.querySelector("#settings-canvas").dataset.side) >= 64)],
  "copy a command": [[click("#copy-command >> xpath=ancestor::details/summary"), click("#copy-command")], (page) => until(page, () => ["Copied", "Press Ctrl-C"].includes(document.querySelector("#copy-command").textContent))],
  "save the picture": [[], async (page) => assert.match((await saved(page, "#save-svg")).toString(), /^<svg/)],
  "switch to dark colors": [[click("#theme")], (page) => until(page, () => document.documentElement.dataset.theme === "dark")],
  "follow the tour": [[click("#tour-open"), click("#tour-next")], (page) => until(page, () => document.querySelector("#tour-place").textContent.startsWith("2 of"))],
  "open a lesson": [[click("#lessons a")], (page) => until(page, () => document.querySelector("#tour-title").textContent === "A learning rate that is too large")],
  "undo a change": [[click("#zoom-in"), (page) => page.locator("#add").selectOption("adam"), click("#add-it"), (page) => hash(page, "with=adam"), (page) => page.goBack()], (page) => rows(page, 2)],
};

export const KEYBOARD = {
  "play with the space bar": [[press("Space")], (page) => until(page, () => document.querySelector("#play").textContent === "Pause")],
  "step with the arrow keys": [[focus("#scrub"), press("ArrowLeft", "ArrowLeft")], (page) => position(page, "epoch 90")],
  "move the initial point": [[focus("#handle"), press("ArrowUp")], (page) => hash(page, "start=-4,")],
  "zoom the map": [[focus("#canvas"), press("+")], (page) => hash(page, "window=")],
  "list the keys": [[press("?")], (page) => page.locator("#keys[open]").waitFor()],
};

export const TOUCH = {
  "put the initial point elsewhere": [[async (page) => page.touchscreen.tap(...(await inside(page, "#canvas", 0.9, 0.3)))], (page) => hash(page, "start=")],
  "read why a step was made": [[(page) => page.locator("#sheets [data-open=why]").tap()], (page) => page.locator("#reason").waitFor()],
  "see the chart of the loss": [[(page) => page.locator("#sheets [data-open=figures]").tap()], (page) => page.locator("#chart svg").waitFor()],
  "open a lesson": [[(page) => page.locator("#sheets [data-open=lessons]").tap(), (page) => page.locator("#lessons a").nth(2).tap()], (page) => hash(page, "condition=100")],
  "add an algorithm": [[(page) => page.locator("#add-it").tap()], (page) => rows(page, 3)],
};

/** The tasks that every browser must be able to do. */
export const CORE = [
  "watch the runs", "make one step", "go to epoch 12", "drag the initial point", "put the initial point elsewhere", "zoom in",
  "choose another problem", "add Adam", "change a learning rate with its slider", "find out why momentum made a step", "find the winner",
  "see the loss in 3-D", "compare all values of two settings", "follow the tour", "move the initial point",
];

/** Does tasks one after the other, and returns the failures. */
export async function failuresOf(page, tasks) {
  const failures = [];
  for (const [name, [actions, done]] of Object.entries(tasks)) {
    await page.goto("about:blank");
    await page.goto(PAGE + HOME);
    await page.waitForSelector("html[data-ready]");
    try {
      for (const action of actions) await action(page);
      await done(page);
    } catch (error) {
      failures.push(`${name}: ${error}`);
    }
  }
  return failures;
}
