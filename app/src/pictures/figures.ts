// The figure below the map: any figure of the gallery with its settings, showing the runs at the position of the player.

import { type Catalog, type CatalogEntry, type Position, type WorkerClient, entriesOf } from "../rpc/client";
import { Controls } from "../controls/controls";
import { get, make, updateScrollHint } from "../base/dom";
import { message } from "../base/errors";
import { latest } from "../rpc/latest";
import { listen } from "./rotate";
import { state } from "../state";
import { svgElement } from "./svg";

/** Figures that have a button. */
const SHORTCUTS = [["surface", "3-D"], ["data", "Data"], ["bars", "Bars"], ["step", "Step"], ["state", "State"]] as const;
/** Minimum width of a picture as a fraction of its natural width. Smaller text would be illegible. */
const MIN_SCALE = 0.45;
/** Tiles along each side of a surface during a rotation, and in a slow animation. */
const CELLS_WHILE_ROTATING = 28;
/** Milliseconds after a rotation until all tiles are drawn. */
const REDRAW_DELAY = 150;

/** The state that a figure shows: the window of the map (empty for the full window), the position of the player, and the
 *  selected run. */
export interface FigureContext { theme: string; window: number[]; position: Position; run: number }

export class FigurePanel {
  private select = get<HTMLSelectElement>("figure");
  private container = get("picture");
  private message = get("picture-message");
  private visiblePart = get<HTMLInputElement>("picture-part");
  private controls: Controls;
  private figures: CatalogEntry[];
  /** The pick of the figure, or an empty text if no figure is shown. */
  private currentPick = "";
  /** The last pick of each figure, by id. */
  private picks = new Map<string, string>();
  private lastRequest = 0;
  private drawing: Promise<unknown> | undefined;
  private progressTimer = 0;
  private rotation: [number, number] | undefined;
  private redrawTimer = 0;
  /** Called with the title when another figure is shown, or with an empty text. */
  onFigure: (title: string) => void = () => {};
  /** Called when the user selects another figure. */
  onSelected: () => void = () => {};
  /** Called when a picture was drawn or removed. */
  onDrawn: () => void = () => {};

  constructor(private client: WorkerClient, catalog: Catalog, private context: () => FigureContext) {
    this.figures = entriesOf(catalog, "figures");
    this.controls = new Controls(client, catalog, "figures", get("picture-rows"), (pick) => this.change(pick));
    const option = (entry: CatalogEntry): HTMLElement => make("option", { value: entry.id, title: entry.summary }, entry.title);
    this.select.replaceChildren(make("option", { value: "" }, "More figures"), ...this.figures.map(option));
    this.select.addEventListener("change", () => this.selectByUser(this.select.value));
    const shortcuts = SHORTCUTS.flatMap(([id, name]) => this.figures.filter((entry) => entry.id === id).map((entry) => this.makeButton(entry, name)));
    get("shortcuts").replaceChildren(...shortcuts);
    this.visiblePart.addEventListener("change", () => void this.refresh());
    get("picture-stop").addEventListener("click", () => void this.show(""));
    get("picture-large").addEventListener("click", () => this.enlarge(!this.isLarge));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.enlarge(false);
    });
    listen(this.container, () => this.canRotate, (around, up) => void this.rotate(around, up));
  }

  private makeButton(entry: CatalogEntry, name: string): HTMLElement {
    const button = make("button", { type: "button", "aria-pressed": "false", value: entry.id, title: `${entry.title}. ${entry.summary}` }, name);
    button.addEventListener("click", () => this.selectByUser(this.select.value === entry.id ? "" : entry.id));
    return button;
  }

  /** Removes the figure, because the user selects another view. */
  close(): void {
    this.selectByUser("");
  }

  private selectByUser(id: string): void {
    void this.show(id).then(this.onSelected, () => {});
  }

  private get isLarge(): boolean {
    return get("picture-box").classList.contains("large");
  }

  /** Shows the figure above the whole page, or in its column. */
  private enlarge(isLarge: boolean): void {
    get("picture-box").classList.toggle("large", isLarge);
    get("picture-large").setAttribute("aria-pressed", String(isLarge));
    get("picture-large").textContent = isLarge ? "Close" : "Enlarge";
    updateScrollHint("picture-more", this.container);
  }

  private get entry(): CatalogEntry | undefined {
    return this.figures.find((entry) => entry.id === this.select.value);
  }

  private get canRotate(): boolean {
    return this.container.dataset["rotatable"] === "yes";
  }

  /** The pick of the figure, or an empty text if no figure is shown. */
  get pick(): string {
    return this.currentPick;
  }

  /** The id of the figure, or an empty text if no figure is shown. */
  get id(): string {
    return this.isOpen ? this.select.value : "";
  }

  private get isOpen(): boolean {
    return this.currentPick !== "";
  }

  /** Whether the figure depends on the position of the player. */
  get followsPlayer(): boolean {
    return this.entry?.follows === true;
  }

  /** Returns the SVG of the figure at a position of the player. A draft of a surface has fewer tiles. */
  async svgAt(position: Position, isDraft: boolean): Promise<string> {
    const pick = isDraft && this.canRotate ? await this.draftOf(this.currentPick) : this.currentPick;
    return this.request(pick, { ...this.context(), position });
  }

  /** Returns the SVG of the figure with a recipe. */
  svgWith(recipe: string): Promise<string> {
    return this.request(this.currentPick, this.context(), recipe);
  }

  /** Returns the pick of a surface with fewer tiles. */
  private draftOf(pick: string): Promise<string> {
    return this.client.withSetting("figures", pick, "cells", String(CELLS_WHILE_ROTATING));
  }

  /** Returns the SVG of the figure in the colors of a theme, or an empty text if no figure is shown. */
  async svgIn(theme: string): Promise<string> {
    return this.isOpen ? this.request(this.currentPick, { ...this.context(), theme }) : "";
  }

  /** Replaces the picture by an SVG, and returns a function that restores it. */
  cover(svg: string): () => void {
    const picture = [...this.container.children];
    this.container.replaceChildren(svgElement(svg, "picture"));
    return () => this.container.replaceChildren(...picture);
  }

  /** Shows a pick, or no figure. If the figure does not exist, fails and keeps the current one. */
  async open(pick: string): Promise<void> {
    if (pick === this.currentPick) return;
    const id = pick ? (await this.client.panel("figures", pick)).id : "";
    if (id) this.picks.set(id, pick);
    await this.show(id);
  }

  /** Shows a figure with its last settings, or no figure. */
  async show(id: string): Promise<void> {
    this.select.value = id;
    for (const button of get("shortcuts").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === id));
    this.currentPick = this.picks.get(id) ?? id;
    this.rotation = undefined;
    this.message.textContent = "";
    get("picture-box").hidden = !this.isOpen;
    if (!this.isOpen) this.enlarge(false);
    if (this.isOpen) state.view.value = "figure";
    else if (state.view.value === "figure") state.view.value = "loss";
    get("picture-about").textContent = this.entry?.summary ?? "";
    // Until the picture is drawn, the page prints the map.
    document.documentElement.toggleAttribute("data-picture", false);
    this.onFigure(this.entry?.title ?? "");
    this.lastRequest += 1;
    if (!this.isOpen) {
      this.onDrawn();
      return this.hideProgress();
    }
    await this.updateControls();
    void this.refresh();
  }

  /** Reports that the player has moved. */
  playerMoved(): void {
    if (this.followsPlayer) void this.refresh();
  }

  /** Reports that the window of the map has changed. */
  windowChanged(): void {
    if (this.visiblePart.checked) void this.refresh();
  }

  /** Redraws the figure, if any, before the next frame. Returns when it is drawn. */
  refresh = latest(async () => {
    if (!this.isOpen) return;
    await new Promise(requestAnimationFrame);
    if (!this.isOpen) return;
    await this.draw(this.currentPick).catch((error: unknown) => {
      this.container.replaceChildren();
      document.documentElement.toggleAttribute("data-picture", false);
      this.message.textContent = message(error);
    });
  });

  private async updateControls(): Promise<void> {
    const panel = await this.client.panel("figures", this.currentPick);
    this.container.dataset["rotatable"] = panel.rows.some((row) => row.key === "azimuth") ? "yes" : "no";
    get("rotate-help").hidden = !this.canRotate;
    this.controls.show(panel);
  }

  /** Draws the figure with other settings. If it cannot be drawn, fails and keeps the last picture. */
  private async change(pick: string): Promise<void> {
    if (await this.draw(pick)) await this.accept(pick);
  }

  private async accept(pick: string): Promise<void> {
    if (!this.isOpen) return;
    this.currentPick = pick;
    this.picks.set(this.select.value, pick);
    this.onFigure(this.entry?.title ?? "");
    await this.updateControls();
  }

  private async rotate(around: number, up: number): Promise<void> {
    if (this.rotation) {
      this.rotation = [this.rotation[0] + around, this.rotation[1] + up];
      return;
    }
    this.rotation = [around, up];
    clearTimeout(this.redrawTimer);
    while (this.rotation && (this.rotation[0] !== 0 || this.rotation[1] !== 0)) {
      const [x, y]: [number, number] = this.rotation;
      this.rotation = [0, 0];
      try {
        const pick = await this.client.rotated(this.currentPick, this.window, x, y);
        if (await this.draw(await this.draftOf(pick))) await this.accept(pick);
      } catch (error) {
        this.message.textContent = message(error);
      }
    }
    this.rotation = undefined;
    this.redrawTimer = window.setTimeout(() => void this.refresh(), REDRAW_DELAY);
  }

  /** Whether the figure shows only the window of the map. */
  get showsVisiblePart(): boolean {
    return this.visiblePart.checked;
  }

  private get window(): number[] {
    return this.showsVisiblePart ? this.context().window : [];
  }

  private request(pick: string, { theme, position, run }: FigureContext, recipe?: string): Promise<string> {
    return this.client.figure(pick, this.window, theme, position, run, recipe);
  }

  /** Draws a pick, and returns whether it was drawn. Of the requests during a drawing, only the last is drawn. */
  private async draw(pick: string): Promise<boolean> {
    const request = (this.lastRequest += 1);
    while (this.drawing) {
      await this.drawing.catch(() => {});
      if (request !== this.lastRequest) return false;
    }
    clearTimeout(this.progressTimer);
    this.progressTimer = window.setTimeout(() => (get("picture-busy").hidden = false), 400);
    const drawing = this.request(pick, this.context());
    this.drawing = drawing;
    try {
      const svg = await drawing;
      if (this.isOpen) this.display(svg);
    } finally {
      this.drawing = undefined;
      if (request === this.lastRequest) this.hideProgress();
    }
    return true;
  }

  private hideProgress(): void {
    clearTimeout(this.progressTimer);
    get("picture-busy").hidden = true;
  }

  private display(svg: string): void {
    const picture = svgElement(svg, "picture");
    picture.style.minWidth = this.canRotate ? "" : `${MIN_SCALE * Number(picture.getAttribute("width"))}px`;
    this.message.textContent = "";
    this.container.replaceChildren(picture);
    this.onDrawn();
    document.documentElement.toggleAttribute("data-picture", true);
    updateScrollHint("picture-more", this.container);
  }
}
