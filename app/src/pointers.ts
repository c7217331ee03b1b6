// What pointers, wheel and keys ask of the map.

import type { Point } from "./view";

/** What can be asked of the map; places and ways are px. */
export interface Asked {
  pan(dx: number, dy: number): void;
  zoom(factor: number, around: Point): void;
  reset(): void;
  hover(at: Point): void;
  leave(): void;
  /** A pointer went down on the map; what it did until then is taken back where it was meant for the page. */
  press(): void;
  takeBack(): void;
  /** Moves the start to a place, or from where it is. */
  drag(at: Point, done: boolean): void;
  nudge(dx: number, dy: number): void;
}

/** A pointer that moves by less, in px, has not moved. */
const TAP = 4;

/** Listens to the map's canvas and to the handle of the start. */
export function listen(canvas: HTMLCanvasElement, handle: HTMLElement, map: Asked): void {
  const pointers = new Map<number, Point>();
  const inside = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const middle = (): Point => {
    const { width, height } = canvas.getBoundingClientRect();
    return [width / 2, height / 2];
  };

  function move(event: PointerEvent): void {
    const at = inside(event);
    const before = pointers.get(event.pointerId);
    if (!before) return map.hover(at);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, at);
    if (!other) return map.pan(at[0] - before[0], at[1] - before[1]);
    const spread = (p: Point): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
    if (spread(at) > 0) map.zoom(spread(before) / spread(at), other);
  }

  function key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 1 : 10;
    const way = arrowKey(event.key);
    if (way) map.nudge(step * way[0], step * way[1]);
    else if (event.key === "+" || event.key === "-") map.zoom(event.key === "-" ? 1.25 : 0.8, middle());
    else if (event.key === "0") map.reset();
    else return;
    event.preventDefault();
  }

  const turn = (event: WheelEvent): void => {
    event.preventDefault();
    map.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, inside(event));
  };
  // The handle may come under a pointer that zooms.
  for (const place of [canvas, handle]) place.addEventListener("wheel", turn, { passive: false });
  let pressed: Point | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pressed = inside(event);
    if (pointers.size === 0) map.press();
    pointers.set(event.pointerId, pressed);
  });
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", (event) => {
    pointers.delete(event.pointerId);
    const at = inside(event);
    // A tap reads what a finger cannot hover over.
    if (pressed && Math.hypot(at[0] - pressed[0], at[1] - pressed[1]) < TAP) map.hover(at);
  });
  canvas.addEventListener("pointercancel", (event) => {
    pointers.delete(event.pointerId);
    map.takeBack();
  });
  canvas.addEventListener("pointerleave", () => map.leave());
  canvas.addEventListener("dblclick", () => map.reset());
  canvas.addEventListener("keydown", key);

  let held = false;
  handle.addEventListener("keydown", key);
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    held = true;
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", (event) => {
    if (held) map.drag(inside(event), false);
  });
  handle.addEventListener("pointerup", (event) => {
    if (held) map.drag(inside(event), true);
    held = false;
  });
  handle.addEventListener("pointercancel", () => (held = false));
}

/** The way of an arrow key, y down. */
export function arrowKey(key: string): Point | undefined {
  const ways: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  return ways[key];
}
