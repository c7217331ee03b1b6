// Shows on the map which work is in progress, with a button that stops it.

import { get } from "./dom";

const MESSAGES = { run: "Running the algorithms.", map: "Drawing the map." };
const active = new Set<keyof typeof MESSAGES>();

/** Reports that work has started or ended. */
export function setBusy(work: keyof typeof MESSAGES, on: boolean): void {
  if (on) active.add(work);
  else active.delete(work);
  get("busy").hidden = active.size === 0;
  get("busy-text").textContent = [...active].map((work) => MESSAGES[work]).join(" ");
}
