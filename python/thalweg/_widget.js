// Shows the page in a frame, and keeps the traits of the widget and the page equal by messages.

/** The version of the messages of the page. */
const VERSION = 1;
/** The traits that change the page. The page also reports others. */
const INPUTS = ["problem", "optimizers", "start", "epoch"];

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", model.get("_sandbox"));
  frame.title = "Thalweg";
  frame.style.cssText = `border: 0; width: 100%; height: ${model.get("_height")}px`;
  frame.srcdoc = model.get("_page");
  /** What the page shows; undefined until it is ready. */
  let shown;
  const post = (change) => frame.contentWindow?.postMessage({ thalweg: VERSION, change }, "*");

  /** Gives the page the traits that were assigned before it was ready, or that another view has changed. */
  function prepare(state) {
    const [address, epoch] = [model.get("address"), model.get("epoch")];
    const change = Object.fromEntries(INPUTS.map((name) => [name, model.get(name)]));
    // The address contains the epoch, and a view that was never shown has no address of the page.
    if (epoch !== null && address !== state.address) post({ ...change, address });
    else post(change);
  }

  function receive({ source, data }) {
    if (source !== frame.contentWindow || data?.thalweg !== VERSION || !data.state) return;
    const isFirst = shown === undefined;
    const { state } = data;
    shown = state;
    if (isFirst) return prepare(state);
    for (const [name, value] of Object.entries(state)) if (!isSame(model.get(name), value)) model.set(name, value);
    model.save_changes();
  }

  const changed = (name) => () => {
    const value = model.get(name);
    if (shown && value !== null && !isSame(shown[name], value)) post({ [name]: value });
  };
  const watchers = INPUTS.map((name) => [`change:${name}`, changed(name)]);
  for (const [event, watcher] of watchers) model.on(event, watcher);
  addEventListener("message", receive);
  el.append(frame);
  return () => {
    removeEventListener("message", receive);
    for (const [event, watcher] of watchers) model.off(event, watcher);
  };
}

export default { render };
