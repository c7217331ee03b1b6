// Controls for the settings of a pick, generated from the descriptions in the catalog.

import { type Catalog, type Panel, type Setting, type WorkerClient, withoutFile } from "../rpc/client";
import { make, selectOption } from "../base/dom";
import { removeError, showError } from "../base/errors";
import { newest } from "../rpc/newest";
import { enqueue } from "../rpc/queue";

/** Number of steps of a slider. */
const SLIDER_STEPS = 1000;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
/** The fields in a row. */
const FIELDS = "input, select, textarea";

export class Controls {
  private layout = "";
  /** The panel that is shown, as text. */
  private content = "";
  private panel: Panel | undefined;
  /** The pick before a slider began to move. */
  private slidFrom: string | undefined;

  /** `change` applies a new pick; `done` is false while a slider is dragged. `main` shows the first setting with a slider a second
   *  time, without a field. */
  constructor(
    private client: WorkerClient, private catalog: Catalog, private list: string, private container: HTMLElement,
    private change: (pick: string, done: boolean) => Promise<void>, private main?: HTMLElement,
  ) {
    this.box?.addEventListener("toggle", () => {
      if (this.box?.open && this.container.childElementCount === 0) this.showRows();
    });
  }

  private get box(): HTMLDetailsElement | null {
    return this.container.closest("details");
  }

  /** Shows a panel. Controls that already exist keep the focus. Those in a closed box are created when it is opened, because
   *  creating all of them takes a tenth of the loading time. */
  show(panel: Panel): void {
    const content = JSON.stringify(panel);
    const isShown = content === this.content && !this.container.querySelector("[aria-invalid]");
    this.content = content;
    this.panel = panel;
    if (isShown) return;
    const layout = JSON.stringify([panel.id, panel.rows.map((row) => row.key)]);
    const main = panel.rows.find((row) => row.share !== null);
    if (layout !== this.layout) {
      this.layout = layout;
      this.container.replaceChildren();
      this.makeMain(main);
    }
    if (this.container.childElementCount > 0 || this.box?.open !== false) this.showRows();
    this.updateMain(main);
  }

  /** Creates the rows, or updates them if they exist. */
  showRows(): void {
    const rows = this.panel?.rows ?? [];
    if (this.container.childElementCount === 0) this.container.append(...rows.map((row) => this.makeRow(row)));
    rows.forEach((row, i) => this.update(this.container.children[i] as HTMLElement, row));
  }

  /** Creates the main slider, or nothing if no setting has a slider. */
  private makeMain(setting: Setting | undefined): void {
    const { main } = this;
    if (!main) return;
    main.hidden = setting === undefined;
    if (!setting) return main.replaceChildren();
    const name = nameOf(setting);
    const slider = this.makeSlider(setting, `${name}, main slider`, () => this.rowOf(setting.key) ?? main);
    main.replaceChildren(make("span", {}, name), slider, make("output"));
  }

  /** Returns the row of a setting, which shows its errors. */
  private rowOf(key: string): HTMLElement | undefined {
    if (this.container.childElementCount === 0) this.showRows();
    const index = this.panel?.rows.findIndex((row) => row.key === key) ?? -1;
    return this.container.children[index] as HTMLElement | undefined;
  }

  private updateMain(setting: Setting | undefined): void {
    const slider = this.main?.querySelector("input");
    const output = this.main?.querySelector("output");
    if (!setting || !slider || !output) return;
    // A derived learning rate has up to 17 digits; its field below shows all of them.
    output.textContent = setting.value && String(Number(Number(setting.value).toPrecision(4)));
    if (slider !== document.activeElement) slider.value = String(Math.round((setting.share ?? 0) * SLIDER_STEPS));
    slider.setAttribute("aria-valuetext", setting.value);
  }

  private makeSlider(setting: Setting, label: string, row: () => HTMLElement): HTMLInputElement {
    const slider = make("input", { type: "range", min: "0", max: String(SLIDER_STEPS), "aria-label": label, class: "slide" });
    slider.addEventListener("input", () => void this.slide(setting.key, Number(slider.value) / SLIDER_STEPS, row(), false));
    slider.addEventListener("change", () => void this.slide(setting.key, Number(slider.value) / SLIDER_STEPS, row(), true));
    return slider;
  }

  private makeRow(setting: Setting): HTMLElement {
    const id = `${this.container.id}-${setting.key}`;
    const name = nameOf(setting);
    const row = make("div", { class: setting.kind === "text" ? "row wide" : "row" }, make("label", { for: id, title: setting.help }, name));
    const input = this.makeInput(setting, id);
    input.setAttribute("aria-describedby", `${id}-help`);
    input.addEventListener("change", () => void this.set(setting.key, valueOf(input), row));
    row.append(input);
    if (setting.share !== null) {
      row.append(this.makeSlider(setting, `${name}, slider`, () => row));
    }
    const allowed = setting.kind === "text" ? "" : ` Allowed: ${setting.allowed}.`;
    const keys = setting.multiline ? " Enter applies the text; Shift+Enter begins a new line." : "";
    const help = `${setting.help}${allowed}${setting.preset ? ` Default: ${setting.preset}.` : ""}${keys}`;
    row.append(make("p", { class: "muted help", id: `${id}-help` }, help), make("p", { class: "error", role: "alert" }));
    return row;
  }

  private makeInput(setting: Setting, id: string): Field {
    if (setting.multiline) return makeTextArea(id);
    const choices = setting.choices ?? (setting.list ? withoutFile(this.catalog, setting.list).map((entry) => entry.id) : null);
    if (choices) {
      const none = setting.preset ? [] : [make("option", { value: "" }, "none")];
      return make("select", { id }, ...none, ...choices.map((choice) => make("option", { value: choice }, choice)));
    }
    if (setting.kind === "switch") return make("input", { id, type: "checkbox" });
    return make("input", { id, type: "text", autocomplete: "off", spellcheck: "false" });
  }

  private update(row: HTMLElement, setting: Setting): void {
    const [input, slider] = row.querySelectorAll<HTMLInputElement>(FIELDS);
    if (!input) return;
    row.classList.toggle("given", setting.given);
    // An invalid text stays in the field until the setting has another value.
    const isKept = input.ariaInvalid === "true" && row.dataset["shown"] === setting.value;
    if (input.type === "checkbox") input.checked = setting.value === "true";
    else if (input instanceof HTMLSelectElement) selectOption(input, setting.value);
    else if (!isKept && (input !== document.activeElement || input.value === "")) input.value = setting.value;
    if (!isKept) removeError(input);
    row.dataset["shown"] = setting.value;
    if (slider && slider !== document.activeElement && setting.share !== null) {
      slider.value = String(Math.round(setting.share * SLIDER_STEPS));
    }
    slider?.setAttribute("aria-valuetext", setting.value);
  }

  /** Applies the invalid texts again. */
  async retry(): Promise<void> {
    for (const [i, { key }] of (this.panel?.rows ?? []).entries()) {
      const row = this.container.children[i] as HTMLElement | undefined;
      if (!row) return;
      const input = row.querySelector<Field>("[aria-invalid]");
      if (input) await this.set(key, valueOf(input), row);
    }
  }

  private set(key: string, value: string, row: HTMLElement): Promise<void> {
    return this.attempt(row, (pick) => this.client.withSetting(this.list, pick, key, value), true);
  }

  /** Applies a position of a slider. While it moves, only the newest position is applied. */
  private slide = newest((key: string, share: number, row: HTMLElement, done: boolean) => {
    // The range of a setting of a rule surrounds its value, so a slider keeps the range with which its movement began.
    const from = this.slidFrom ?? this.panel?.pick;
    this.slidFrom = done ? undefined : from;
    return this.attempt(row, (pick) => this.client.withSlider(this.list, from ?? pick, key, share), done);
  });

  /** Applies a change. If it is invalid, shows the error beside the control and keeps the last picture. */
  private async attempt(row: HTMLElement, newPick: (pick: string) => Promise<string>, done: boolean): Promise<void> {
    const input = row.querySelector<HTMLElement>(FIELDS);
    if (!input) return;
    const change = async (): Promise<void> => {
      if (this.panel) await this.change(await newPick(this.panel.pick), done);
    };
    try {
      await (done ? enqueue(change) : change());
      removeError(input);
    } catch (failure) {
      showError(input, failure);
    }
  }
}

const nameOf = ({ key }: Setting): string => key.replaceAll("_", " ").replaceAll(".", ": ");

/** Creates a field for a text of several lines. Enter applies the text, as in a field of one line. */
function makeTextArea(id: string): HTMLTextAreaElement {
  const area = make("textarea", { id, rows: "4", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    // The browser reports a change when the field loses the focus.
    area.blur();
    area.focus();
  });
  return area;
}

function valueOf(input: Field): string {
  if (input instanceof HTMLInputElement && input.type === "checkbox") return String(input.checked);
  return input.value;
}
