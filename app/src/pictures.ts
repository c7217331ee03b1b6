// Pictures beside the map: every figure of the gallery, with its settings, of the runs as the player shows them.

import { Controls } from "./controls";
import { get, hintAtMore, make, message } from "./dom";
import type { Catalog, Entry, Lab } from "./lab";
import { drawn } from "./svg";
import { listen } from "./turn";

/** Figures that are one click away. */
const NEAR = ["surface", "data", "bars", "step", "state"];
/** The least width of a picture, as a share of its own: below it, words could not be read. */
const LEAST = 0.7;
/** Tiles along a side of a surface while it is turned, and how long it rests, in ms, before all are drawn. */
const FEW = 28;
const REST = 150;

/** What a picture is drawn of: the part of the map, the epoch of each run, and the run that is looked into. */
export interface Seen { theme: string; window: number[]; epochs: number[]; run: number }

export class Pictures {
  private select = get<HTMLSelectElement>("figure");
  private place = get("picture");
  private words = get("picture-words");
  private part = get<HTMLInputElement>("picture-part");
  private controls: Controls;
  private figures: Entry[];
  /** The pick that is shown; empty for none. */
  private pick = "";
  /** The last pick of each figure, by its name. */
  private picks = new Map<string, string>();
  private asked = 0;
  private busy: Promise<unknown> | undefined;
  private scheduled = 0;
  private slow = 0;
  private turning: [number, number] | undefined;
  private rest = 0;
  /** Called when another figure is shown, with its title; empty for none. */
  onFigure: (title: string) => void = () => {};
  /** Called when somebody chose another figure. */
  onChosen: () => void = () => {};
  /** Called when a picture was drawn, or is shown no more. */
  onDrawn: () => void = () => {};

  constructor(private lab: Lab, catalog: Catalog, private seen: () => Seen) {
    this.figures = catalog["figures"] ?? [];
    this.controls = new Controls(lab, catalog, "figures", get("picture-rows"), (pick) => this.change(pick));
    const option = (entry: Entry): HTMLElement => make("option", { value: entry.id, title: entry.summary }, entry.title);
    this.select.replaceChildren(make("option", { value: "" }, "none"), ...this.figures.map(option));
    this.select.addEventListener("change", () => this.chosen(this.select.value));
    const near = this.figures.filter((entry) => NEAR.includes(entry.id));
    near.sort((a, b) => NEAR.indexOf(a.id) - NEAR.indexOf(b.id));
    get("near").replaceChildren(...near.map((entry) => this.button(entry)));
    this.part.addEventListener("change", () => this.refresh());
    get("picture-stop").addEventListener("click", () => void this.choose(""));
    listen(this.place, () => this.turns, (around, up) => void this.turn(around, up));
  }

  private button(entry: Entry): HTMLElement {
    const button = make("button", { type: "button", "aria-pressed": "false", value: entry.id, title: entry.summary }, entry.title);
    button.addEventListener("click", () => this.chosen(this.select.value === entry.id ? "" : entry.id));
    return button;
  }

  private chosen(id: string): void {
    void this.choose(id).then(this.onChosen, () => {});
  }

  private get entry(): Entry | undefined {
    return this.figures.find((entry) => entry.id === this.select.value);
  }

  private get turns(): boolean {
    return this.place.dataset["turns"] === "yes";
  }

  /** The pick that is shown; empty for none. */
  get shown(): string {
    return this.pick;
  }

  private get isOpen(): boolean {
    return this.pick !== "";
  }

  /** Whether it shows the runs up to an epoch, or whole ones. */
  get moves(): boolean {
    return this.entry?.follows === true;
  }

  /** The SVG of what is shown, of the runs after so many epochs each. */
  svgAt(epochs: number[]): Promise<string> {
    return this.ask(this.pick, { ...this.seen(), epochs });
  }

  /** The SVG of what is shown in the colours of this theme; empty for none. */
  async svgIn(theme: string): Promise<string> {
    return this.isOpen ? this.ask(this.pick, { ...this.seen(), theme }) : "";
  }

  /** Puts an SVG into the place of what is shown, and returns what takes it away again. */
  covered(svg: string): () => void {
    const shown = [...this.place.children];
    this.place.replaceChildren(drawn(svg, "picture"));
    return () => this.place.replaceChildren(...shown);
  }

  /** Shows a pick, or none.
   *  It fails where there is no such figure, and shows then what it showed before. */
  async open(pick: string): Promise<void> {
    if (pick === this.pick) return;
    const id = pick ? (await this.lab.panel("figures", pick)).id : "";
    if (id) this.picks.set(id, pick);
    await this.choose(id);
  }

  /** Shows a figure with the settings that it had last, or none. */
  async choose(id: string): Promise<void> {
    this.select.value = id;
    for (const button of get("near").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === id));
    this.pick = this.picks.get(id) ?? id;
    this.turning = undefined;
    this.words.textContent = "";
    get("picture-box").hidden = !this.isOpen;
    get("picture-about").textContent = this.entry?.summary ?? "";
    // Paper shows the map until there is a picture.
    document.documentElement.toggleAttribute("data-picture", false);
    this.onFigure(this.entry?.title ?? "");
    this.asked += 1;
    if (!this.isOpen) {
      this.onDrawn();
      return this.settled();
    }
    await this.tell();
    this.refresh();
  }

  /** Takes over what the player shows. */
  moved(): void {
    if (this.moves) this.refresh();
  }

  /** Another part of the map is shown. */
  zoomed(): void {
    if (this.part.checked) this.refresh();
  }

  /** Draws anew before the next frame, if anything is shown. */
  refresh(): void {
    if (!this.isOpen) return;
    this.scheduled ||= requestAnimationFrame(() => {
      this.scheduled = 0;
      if (!this.isOpen) return;
      this.draw(this.pick).catch((error: unknown) => {
        this.place.replaceChildren();
        document.documentElement.toggleAttribute("data-picture", false);
        this.words.textContent = message(error);
      });
    });
  }

  private async tell(): Promise<void> {
    const panel = await this.lab.panel("figures", this.pick);
    this.place.dataset["turns"] = panel.rows.some((row) => row.key === "azimuth") ? "yes" : "no";
    get("turn-help").hidden = !this.turns;
    this.controls.show(panel);
  }

  /** Draws with other settings and keeps them; if it cannot be, the last picture stays and the promise fails. */
  private async change(pick: string): Promise<void> {
    if (await this.draw(pick)) await this.keep(pick);
  }

  private async keep(pick: string): Promise<void> {
    if (!this.isOpen) return;
    this.pick = pick;
    this.picks.set(this.select.value, pick);
    this.onFigure(this.entry?.title ?? "");
    await this.tell();
  }

  private async turn(around: number, up: number): Promise<void> {
    if (this.turning) {
      this.turning = [this.turning[0] + around, this.turning[1] + up];
      return;
    }
    this.turning = [around, up];
    clearTimeout(this.rest);
    while (this.turning && (this.turning[0] !== 0 || this.turning[1] !== 0)) {
      const [x, y]: [number, number] = this.turning;
      this.turning = [0, 0];
      try {
        const pick = await this.lab.turned(this.pick, this.window, x, y);
        const draft = await this.lab.changed("figures", pick, "cells", String(FEW));
        if (await this.draw(draft)) await this.keep(pick);
      } catch (error) {
        this.words.textContent = message(error);
      }
    }
    this.turning = undefined;
    this.rest = window.setTimeout(() => this.refresh(), REST);
  }

  private get window(): number[] {
    return this.part.checked ? this.seen().window : [];
  }

  private ask(pick: string, { theme, epochs, run }: Seen): Promise<string> {
    return this.lab.figure(pick, this.window, theme, epochs, run);
  }

  /** Draws a pick; whether it was drawn. Of what comes while another is drawn, only the last is. */
  private async draw(pick: string): Promise<boolean> {
    const mine = (this.asked += 1);
    while (this.busy) {
      await this.busy.catch(() => {});
      if (mine !== this.asked) return false;
    }
    clearTimeout(this.slow);
    this.slow = window.setTimeout(() => (get("picture-busy").hidden = false), 400);
    const asking = this.ask(pick, this.seen());
    this.busy = asking;
    try {
      const svg = await asking;
      if (this.isOpen) this.show(svg);
    } finally {
      this.busy = undefined;
      if (mine === this.asked) this.settled();
    }
    return true;
  }

  private settled(): void {
    clearTimeout(this.slow);
    get("picture-busy").hidden = true;
  }

  private show(svg: string): void {
    const picture = drawn(svg, "picture");
    picture.style.minWidth = this.turns ? "" : `${LEAST * Number(picture.getAttribute("width"))}px`;
    this.words.textContent = "";
    this.place.replaceChildren(picture);
    this.onDrawn();
    document.documentElement.toggleAttribute("data-picture", true);
    hintAtMore("picture-more", this.place);
  }
}
