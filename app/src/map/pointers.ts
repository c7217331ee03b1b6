// Translates events of pointers, the wheel, and the keyboard to actions of the map.

import type { Point } from "./view";

/** Actions of the map. Positions and distances are in px. */
export interface MapActions {
  pan(dx: number, dy: number): void;
  zoom(factor: number, around: Point): void;
  reset(): void;
  hover(at: Point): void;
  /** The user clicked or tapped at a position. */
  click(at: Point): void;
  /** The user turned the wheel, but it does not zoom. */
  wheel(): void;
  leave(): void;
  /** A pointer went down on the map. */
  press(): void;
  /** The browser took over the gesture, for example to scroll: undo its changes. */
  cancel(): void;
  /** Moves the initial point to a position. */
  drag(at: Point, done: boolean): void;
  /** Moves the initial point by a distance. */
  nudge(dx: number, dy: number): void;
}

/** A pointer that moves less than this distance in px is a click or a tap. */
const TAP_DISTANCE = 4;

/** Listens to the canvas of the map and to the handle of the initial point. */
export function listen(canvas: HTMLCanvasElement, handle: HTMLElement, map: MapActions): void {
  const pointers = new Map<number, Point>();
  let pressedAt: Point | undefined;
  /** Whether the pressed pointer has moved the map, or is one of two. */
  let [hasMoved, isPinch] = [false, false];
  const positionOf = (event: MouseEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const center = (): Point => {
    const { width, height } = canvas.getBoundingClientRect();
    return [width / 2, height / 2];
  };

  function onMove(event: PointerEvent): void {
    const at = positionOf(event);
    const before = pointers.get(event.pointerId);
    if (!before) return map.hover(at);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, at);
    if (other) isPinch = true;
    if (!other) {
      // A click is not a small drag.
      if (!hasMoved && pressedAt && Math.hypot(at[0] - pressedAt[0], at[1] - pressedAt[1]) < TAP_DISTANCE) {
        pointers.set(event.pointerId, before);
        return;
      }
      hasMoved = true;
      return map.pan(at[0] - before[0], at[1] - before[1]);
    }
    const distance = (p: Point): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
    if (distance(at) > 0) map.zoom(distance(before) / distance(at), other);
  }

  function onKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? 1 : 10;
    const direction = arrowDirection(event.key);
    if (direction) map.nudge(step * direction[0], step * direction[1]);
    else if (event.key === "+" || event.key === "-") map.zoom(event.key === "-" ? 1.25 : 0.8, center());
    else if (event.key === "0") map.reset();
    else return;
    event.preventDefault();
  }

  // Without a click into the map, the wheel scrolls the page.
  let isActive = false;
  document.addEventListener("pointerdown", (event) => (isActive = event.target === canvas || event.target === handle));
  const onWheel = (event: WheelEvent): void => {
    if (!isActive && !event.ctrlKey && !event.metaKey) return map.wheel();
    event.preventDefault();
    map.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, positionOf(event));
  };
  // Zooming can move the handle under the pointer.
  for (const element of [canvas, handle]) element.addEventListener("wheel", onWheel, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pressedAt = positionOf(event);
    if (pointers.size === 0) {
      map.press();
      [hasMoved, isPinch] = [false, false];
    }
    pointers.set(event.pointerId, pressedAt);
  });
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", (event) => {
    pointers.delete(event.pointerId);
    const at = positionOf(event);
    // On a touch screen, a tap also replaces hovering.
    if (!pressedAt || Math.hypot(at[0] - pressedAt[0], at[1] - pressedAt[1]) >= TAP_DISTANCE || event.button !== 0 || hasMoved || isPinch) return;
    map.hover(at);
    map.click(at);
  });
  canvas.addEventListener("pointercancel", (event) => {
    pointers.delete(event.pointerId);
    map.cancel();
  });
  canvas.addEventListener("pointerleave", () => map.leave());
  canvas.addEventListener("keydown", onKey);

  let dragging = false;
  handle.addEventListener("keydown", onKey);
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    dragging = true;
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", (event) => {
    if (dragging) map.drag(positionOf(event), false);
  });
  handle.addEventListener("pointerup", (event) => {
    if (dragging) map.drag(positionOf(event), true);
    dragging = false;
  });
  handle.addEventListener("pointercancel", () => (dragging = false));
}

/** Returns the direction of an arrow key, with y pointing down. */
export function arrowDirection(key: string): Point | undefined {
  const directions: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  return directions[key];
}
