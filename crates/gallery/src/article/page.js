// Adds a button below each picture that has a live map. The button switches between the picture and the map.
{
  let closeOpenMap = () => {};
  for (const link of document.querySelectorAll("a.live")) {
    const picture = link.closest("figure").querySelector("svg");
    const title = link.closest("section").querySelector("h2").textContent;
    const button = document.createElement("button");
    button.type = "button";
    const setLabel = (label) => {
      button.textContent = label;
      button.setAttribute("aria-label", `${label}: ${title}`);
    };
    let frame = null;
    const showPicture = () => {
      frame?.remove();
      frame = null;
      picture.style.display = "";
      setLabel("Show the live map");
    };
    button.addEventListener("click", () => {
      const wasLive = frame !== null;
      // Several live maps at once would be slow on a small computer.
      closeOpenMap();
      if (wasLive) return;
      frame = document.createElement("iframe");
      frame.title = `Live map: ${title}`;
      frame.src = link.href.replace("#", "?embed#");
      picture.before(frame);
      picture.style.display = "none";
      setLabel("Show the picture");
      closeOpenMap = showPicture;
    });
    showPicture();
    link.before(button);
  }
}
