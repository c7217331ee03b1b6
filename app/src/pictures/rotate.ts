// Rotates a 3-D picture by dragging it with a pointer, or with the arrow keys.

import { arrowDirection } from "../map/pointers";

/** Degrees per px of a drag. */
const DEGREES_PER_PX = 0.5;
/** Degrees per press of an arrow key. With the shift key, a fifth of this angle. */
const DEGREES_PER_KEY = 5;

/** Listens to an element. `rotate` receives the rotation of the viewpoint in degrees, horizontally and upward. */
export function listen(element: HTMLElement, canRotate: () => boolean, rotate: (around: number, up: number) => void): void {
  let last: [number, number] | undefined;
  element.addEventListener("pointerdown", (event) => {
    if (!canRotate() || event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    last = [event.clientX, event.clientY];
  });
  element.addEventListener("pointermove", (event) => {
    if (!last) return;
    const [x, y] = last;
    last = [event.clientX, event.clientY];
    // The picture follows the pointer, so the viewpoint moves in the opposite direction.
    rotate(DEGREES_PER_PX * (x - event.clientX), DEGREES_PER_PX * (event.clientY - y));
  });
  for (const end of ["pointerup", "pointercancel"] as const) element.addEventListener(end, () => (last = undefined));
  element.addEventListener("keydown", (event) => {
    const direction = arrowDirection(event.key);
    if (!direction || !canRotate()) return;
    event.preventDefault();
    const degrees = event.shiftKey ? DEGREES_PER_KEY / 5 : DEGREES_PER_KEY;
    rotate(degrees * direction[0], -degrees * direction[1]);
  });
}
