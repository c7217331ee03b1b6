// What is under way, said on the map with a button that stops it.

import { get } from "./dom";

const WORDS = { run: "Runs are under way.", map: "The map is being drawn." };
const going = new Set<keyof typeof WORDS>();

/** Says that something is under way, or no longer. */
export function busy(what: keyof typeof WORDS, on: boolean): void {
  if (on) going.add(what);
  else going.delete(what);
  get("busy").hidden = going.size === 0;
  get("busy-words").textContent = [...going].map((one) => WORDS[one]).join(" ");
}
