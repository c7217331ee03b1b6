// The page: connects its parts. An experiment is kept as the parts of its address.

import "./style.css";
import { get } from "./base/dom";
import { message } from "./base/errors";
import { Page } from "./page";
import { WorkerClient } from "./rpc/client";

async function start(): Promise<void> {
  const client = new WorkerClient();
  // Text on a canvas is drawn with the fonts that are loaded.
  const fonts = ["1em Roboto", "600 1em Roboto"].map((font) => document.fonts.load(font));
  const page = await Page.load(client);
  await Promise.all(fonts);
  await page.openCurrentAddress();
  // The tests wait for this attribute. Its value is the loading time in milliseconds.
  document.documentElement.dataset["ready"] = String(Math.round(performance.now()));
  page.welcome();
  await client.complete();
}

start().catch((error: unknown) => {
  get("failure").textContent = `The page could not start: ${message(error)}`;
});
