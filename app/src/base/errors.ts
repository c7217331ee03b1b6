// Errors of the program, and how the page shows them.

import { get, make } from "./dom";

/** What is wrong with a value, in three parts: before, in, and after the wrong part. */
interface MarkedValue { message: string; before: string; wrong: string; after: string }

/** An invalid input. If only a part of a value is wrong, the part is marked. */
export class InputError extends Error {
  constructor(message: string, readonly marked: MarkedValue | null) {
    super(message);
  }
}

export const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Returns the message of an error, and the value below it if a part of the value is marked. */
function describe(error: unknown): (Node | string)[] {
  if (!(error instanceof InputError) || !error.marked) return [message(error)];
  const { message: words, before, wrong, after } = error.marked;
  return [words, make("code", {}, before, make("mark", {}, wrong), after)];
}

/** Shows an error beside a control. */
export function showError(input: HTMLElement, error: unknown): void {
  input.parentElement?.querySelector(".error")?.replaceChildren(...describe(error));
  input.setAttribute("aria-invalid", "true");
}

/** Removes the error beside a control. */
export function removeError(input: HTMLElement): void {
  input.parentElement?.querySelector(".error")?.replaceChildren();
  input.removeAttribute("aria-invalid");
}

/** Waits for the work. Shows an error beside a control, or in the element with this id. */
export async function attempt(place: string | HTMLElement, work: Promise<unknown>): Promise<void> {
  try {
    await work;
    if (typeof place !== "string") removeError(place);
  } catch (error) {
    if (typeof place === "string") get(place).replaceChildren(...describe(error));
    else showError(place, error);
  }
}
