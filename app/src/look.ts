// Light or dark: by the system, or by hand.

import { get } from "./dom";

export class Look {
  private button = get("theme");
  /** Called when the colours change. */
  onChange: () => void = () => {};

  constructor() {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const chosen = kept();
    this.show(chosen ? chosen === "dark" : system.matches);
    system.addEventListener("change", (event) => this.change(event.matches));
    this.button.addEventListener("click", () => {
      this.change(this.theme === "light");
      keep(this.theme);
    });
  }

  /** The name of the program's theme that goes with the page. */
  get theme(): string {
    return document.documentElement.dataset["theme"] ?? "light";
  }

  private change(dark: boolean): void {
    this.show(dark);
    this.onChange();
  }

  private show(dark: boolean): void {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    this.button.setAttribute("aria-pressed", String(dark));
    for (const id of ["save-svg", "save-png", "save-gif"]) {
      get(id).title = dark ? "In dark colours, as the page is" : "In light colours, as the page is";
    }
  }
}

const KEY = "thalweg-theme";

/** What was chosen by hand the last time; a browser may keep nothing for a page. */
function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Then it holds for as long as the page is open.
  }
}
