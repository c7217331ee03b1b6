// Helpers for the DOM. Texts are inserted only as text nodes. Only formulas and explanations are HTML: the
// WebAssembly writes them and escapes their texts.

export function get<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

type Attributes = Record<string, string | boolean>;

/** Creates an element with attributes and children. A string becomes a text node. */
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

/** Shows a formula of the catalog or an explanation: HTML with MathML. */
export function showHtml(box: HTMLElement, html: string): void {
  if (box.dataset["html"] === html) return;
  box.dataset["html"] = html;
  box.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

/** Selects a value. Adds an option if the list does not contain the value. */
export function selectOption(select: HTMLSelectElement, value: string, title = value): void {
  if (![...select.options].some((option) => option.value === value)) select.append(make("option", { value }, title));
  select.value = value;
}

/** Shows the hint with this id if the box is too narrow for its content. */
export function updateScrollHint(hint: string, box: HTMLElement): void {
  get(hint).hidden = box.scrollWidth <= box.clientWidth + 1;
}

/** Gives a canvas as many pixels as it covers on the screen. Returns its context, scaled to px. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = devicePixelRatio || 1;
  const [columns, rows] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser does not support canvas");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Downloads the content as a file. */
export function download(name: string, content: Blob): void {
  const link = make("a", { href: URL.createObjectURL(content), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
