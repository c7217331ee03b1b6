// Light or dark: by the system, or by hand.

import { get } from "./dom";
import { keepTheme, keptTheme } from "./kept";

export class Look {
  private button = get("theme");
  /** Called when the colours change. */
  onChange: () => void = () => {};

  constructor() {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const chosen = keptTheme();
    this.show(chosen ? chosen === "dark" : system.matches);
    system.addEventListener("change", (event) => this.change(event.matches));
    this.button.addEventListener("click", () => {
      this.change(this.theme === "light");
      keepTheme(this.theme);
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
