// A newcomer does tasks in Chromium.

import assert from "node:assert/strict";
import { close, opened } from "./browser.mjs";
import { HOME, KEYBOARD, MOUSE, TOUCH, failuresOf } from "./tasks.mjs";

const doAll = (tasks, context) => opened({ hash: HOME, context }, async (page) => assert.deepEqual(await failuresOf(page, tasks), []));

export const tests = {
  "a newcomer does 35 tasks with the mouse": () => {
    assert.equal(Object.keys(MOUSE).length, 35);
    return doAll(MOUSE, {});
  },
  "a newcomer does 5 tasks with the keyboard": () => doAll(KEYBOARD, {}),
  "a newcomer does 5 tasks on a phone": () => doAll(TOUCH, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
};

export const after = close;
