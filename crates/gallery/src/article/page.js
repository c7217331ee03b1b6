// Below each picture that can be live: a button that puts the live map in its place, and the picture back.
{
  let still = () => {};
  for (const link of document.querySelectorAll("a.live")) {
    const picture = link.closest("figure").querySelector("svg");
    const title = link.closest("section").querySelector("h2").textContent;
    const button = document.createElement("button");
    button.type = "button";
    const say = (words) => {
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${title}`);
    };
    let frame = null;
    const back = () => {
      frame?.remove();
      frame = null;
      picture.style.display = "";
      say("Make it live");
    };
    button.addEventListener("click", () => {
      const wasLive = frame !== null;
      // One live map at a time is enough for any computer.
      still();
      if (wasLive) return;
      frame = document.createElement("iframe");
      frame.title = `Live map: ${title}`;
      frame.src = link.href.replace("#", "?embed#");
      picture.before(frame);
      picture.style.display = "none";
      say("Back to the picture");
      still = back;
    });
    back();
    link.before(button);
  }
}
