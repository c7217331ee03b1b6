// Turning a picture in space by hand: a drag with a pointer, or the arrow keys.

import { arrowKey } from "./pointers";

/** Degrees that a drag of one px turns. */
const PER_PX = 0.5;
/** Degrees that a key turns; with the shift key a fifth of them. */
const PER_KEY = 5;

/** Listens to a place; `turn` is told by how many degrees the eye goes around and up. */
export function listen(place: HTMLElement, canTurn: () => boolean, turn: (around: number, up: number) => void): void {
  let last: [number, number] | undefined;
  place.addEventListener("pointerdown", (event) => {
    if (!canTurn() || event.button !== 0) return;
    place.setPointerCapture(event.pointerId);
    last = [event.clientX, event.clientY];
  });
  place.addEventListener("pointermove", (event) => {
    if (!last) return;
    const [x, y] = last;
    last = [event.clientX, event.clientY];
    // The picture goes with the hand, so the eye goes against it.
    turn(PER_PX * (x - event.clientX), PER_PX * (event.clientY - y));
  });
  for (const end of ["pointerup", "pointercancel"] as const) place.addEventListener(end, () => (last = undefined));
  place.addEventListener("keydown", (event) => {
    const way = arrowKey(event.key);
    if (!way || !canTurn()) return;
    event.preventDefault();
    const degrees = event.shiftKey ? PER_KEY / 5 : PER_KEY;
    turn(degrees * way[0], -degrees * way[1]);
  });
}
