// Small helpers; text only ever goes in as text.

export function get<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

type Attributes = Record<string, string | boolean>;

/** A new element with attributes and children; a text is a text node. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Chooses a value; one that is not on the list is added to it. */
export function choose(select: HTMLSelectElement, value: string, title = value): void {
  if (![...select.options].some((option) => option.value === value)) select.append(make("option", { value }, title));
  select.value = value;
}

/** Shows the hint of this name where a box holds more than it shows from side to side. */
export function hintAtMore(hint: string, box: HTMLElement): void {
  get(hint).hidden = box.scrollWidth <= box.clientWidth + 1;
}

/** Gives a canvas as many pixels as it covers, and returns its context in px. */
export function fitted(canvas: HTMLCanvasElement): { context: CanvasRenderingContext2D; width: number; height: number } {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser has no canvas");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height };
}

/** Offers bytes as a file to save. */
export function save(name: string, content: Blob): void {
  const link = make("a", { href: URL.createObjectURL(content), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Says what is wrong with a control beside it; nothing where the text is empty. */
export function problemOf(input: HTMLElement, text: string): void {
  const error = input.parentElement?.querySelector(".error");
  if (error) error.textContent = text;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** Says what went wrong where it belongs: beside a control, or in the place of this name. */
export async function attempt(place: string | HTMLElement, work: Promise<unknown>): Promise<void> {
  try {
    await work;
    if (typeof place !== "string") problemOf(place, "");
  } catch (error) {
    if (typeof place === "string") get(place).textContent = message(error);
    else problemOf(place, message(error));
  }
}
