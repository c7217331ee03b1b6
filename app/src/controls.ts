// Controls for the settings of a pick, made from what the catalogue says of each.

import { choose, make, message, problemOf } from "./dom";
import { type Catalog, type Lab, type Panel, type Setting, withoutFile } from "./lab";
import { inTurn } from "./turns";

/** Steps of a slider. */
const STEPS = 1000;

export class Controls {
  private made = "";
  private panel: Panel | undefined;

  constructor(
    private lab: Lab, private catalog: Catalog, private list: string, private place: HTMLElement,
    private change: (pick: string, done: boolean) => Promise<void>,
  ) {}

  /** Shows a panel; controls that are there already keep their focus. */
  show(panel: Panel): void {
    this.panel = panel;
    const shape = JSON.stringify([panel.id, panel.rows.map((row) => row.key)]);
    if (shape !== this.made) {
      this.made = shape;
      this.place.replaceChildren(...panel.rows.map((row) => this.row(row)));
    }
    panel.rows.forEach((row, i) => this.fill(this.place.children[i] as HTMLElement, row));
  }

  private row(setting: Setting): HTMLElement {
    const id = `${this.place.id}-${setting.key}`;
    const name = setting.key.replaceAll("_", " ").replaceAll(".", ": ");
    const row = make("div", { class: setting.kind === "text" ? "row wide" : "row" }, make("label", { for: id, title: setting.help }, name));
    const input = this.input(setting, id);
    input.setAttribute("aria-describedby", `${id}-help`);
    input.addEventListener("change", () => void this.set(setting.key, valueOf(input), row));
    row.append(input);
    if (setting.share !== null) {
      const slider = make("input", {
        type: "range", min: "0", max: String(STEPS), "aria-label": `${name}, slider`, class: "slide",
      });
      slider.addEventListener("input", () => void this.slide(setting.key, Number(slider.value) / STEPS, row, false));
      slider.addEventListener("change", () => void this.slide(setting.key, Number(slider.value) / STEPS, row, true));
      row.append(slider);
    }
    const allowed = setting.kind === "text" ? "" : ` Allowed: ${setting.allowed}.`;
    const help = `${setting.help}${allowed}${setting.preset ? ` Default: ${setting.preset}.` : ""}`;
    row.append(make("p", { class: "quiet help", id: `${id}-help` }, help), make("p", { class: "error", role: "alert" }));
    return row;
  }

  private input(setting: Setting, id: string): HTMLInputElement | HTMLSelectElement {
    const choices = setting.choices ?? (setting.list ? withoutFile(this.catalog, setting.list).map((entry) => entry.id) : null);
    if (choices) {
      const none = setting.preset ? [] : [make("option", { value: "" }, "none")];
      return make("select", { id }, ...none, ...choices.map((word) => make("option", { value: word }, word)));
    }
    if (setting.kind === "switch") return make("input", { id, type: "checkbox" });
    return make("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  }

  private fill(row: HTMLElement, setting: Setting): void {
    const [input, slider] = row.querySelectorAll<HTMLInputElement>("input, select");
    if (!input) return;
    row.classList.toggle("given", setting.given);
    // What was typed and cannot be stays until there is another value.
    const kept = input.ariaInvalid === "true" && row.dataset["shown"] === setting.value;
    if (input.type === "checkbox") input.checked = setting.value === "true";
    else if (input instanceof HTMLSelectElement) choose(input, setting.value);
    else if (!kept && (input !== document.activeElement || input.value === "")) input.value = setting.value;
    if (!kept) problemOf(input, "");
    row.dataset["shown"] = setting.value;
    if (slider && slider !== document.activeElement && setting.share !== null) {
      slider.value = String(Math.round(setting.share * STEPS));
    }
    slider?.setAttribute("aria-valuetext", setting.value);
  }

  /** Tries once more what was typed and could not be. */
  async retry(): Promise<void> {
    for (const [i, { key }] of (this.panel?.rows ?? []).entries()) {
      const row = this.place.children[i] as HTMLElement;
      const input = row.querySelector<HTMLInputElement>("[aria-invalid]");
      if (input) await this.set(key, valueOf(input), row);
    }
  }

  private set(key: string, value: string, row: HTMLElement): Promise<void> {
    return this.attempt(row, (pick) => this.lab.changed(this.list, pick, key, value), true);
  }

  private slide(key: string, share: number, row: HTMLElement, done: boolean): Promise<void> {
    return this.attempt(row, (pick) => this.lab.slid(this.list, pick, key, share), done);
  }

  /** Tries a change; what is wrong with it is said beside the control, and the last picture stays. */
  private async attempt(row: HTMLElement, make: (pick: string) => Promise<string>, done: boolean): Promise<void> {
    const input = row.querySelector<HTMLElement>("input, select");
    if (!input) return;
    const change = async (): Promise<void> => {
      if (this.panel) await this.change(await make(this.panel.pick), done);
    };
    try {
      await (done ? inTurn(change) : change());
      problemOf(input, "");
    } catch (failure) {
      problemOf(input, message(failure));
    }
  }
}

function valueOf(input: HTMLInputElement | HTMLSelectElement): string {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return String(input.checked);
  return input.value;
}
