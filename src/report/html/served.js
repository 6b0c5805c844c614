"use strict";
// Keeps a served page current: it is told by where it came from of every change, and leads back to the reader's place.
(() => {
  const notice = document.getElementById("_live");
  const boxes = [...document.querySelectorAll(".filters input")];
  const details = document.getElementById("_details");
  const name = location.pathname.slice(1) || "index.html";
  const key = "factcheck " + name;
  // What passes in no time is not worth a word.
  let said = 0;
  const say = (text, patience = 0) => {
    clearTimeout(said);
    said = setTimeout(() => {
      notice.textContent = text;
      notice.hidden = !text;
    }, patience);
  };
  // Storage may be refused; then the page begins at its top.
  const store = (place) => {
    try { sessionStorage.setItem(key, JSON.stringify(place)); } catch {}
  };
  const stored = () => {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  };
  const fromTop = (element) => element.getBoundingClientRect().top;
  const chosen = () => document.querySelector(".m.on");

  // The chosen number stays where it was on the screen, if it was on it: text above it may have become longer.
  const save = () => {
    const mark = chosen();
    const top = mark && fromTop(mark);
    store({
      ticked: boxes.filter((box) => box.checked).map((box) => box.id),
      mark: mark && top >= 0 && top < innerHeight ? top : null,
      page: scrollY,
      details: details?.scrollTop,
    });
  };
  const restore = (place) => {
    for (const box of boxes) box.checked = place.ticked.includes(box.id);
    const scroll = () => {
      const mark = place.mark === null ? null : chosen();
      scrollTo({ top: mark ? scrollY + fromTop(mark) - place.mark : place.page, behavior: "instant" });
      if (details) details.scrollTop = place.details;
    };
    scroll();
    // In a long draft, what lies between is measured only now; and a browser looks for the address's place once more.
    addEventListener("load", () => requestAnimationFrame(() => {
      scroll();
      requestAnimationFrame(scroll);
    }));
  };

  let stream = null;
  const listen = () => {
    stream?.close();
    // A browser has few connections to one address: pages that nobody sees leave theirs to others.
    if (document.hidden) return;
    stream = new EventSource("/changes?page=" + name + "&version=" + document.body.dataset.version);
    const on = (event, what) => stream.addEventListener(event, what);
    on("current", () => say(""));
    on("checking", () => say("Something has changed, and is being checked.", 300));
    on("gone", () => say("This story is no longer among those that are checked: what you see is how it was last."));
    on("changed", () => location.reload());
    stream.onerror = () => {
      say("factcheck serve does not answer: what you see may be out of date.");
      // A refusal ends the stream for good; a server that has gone may come back.
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  };
  addEventListener("pagehide", () => {
    stream?.close();
    save();
  });
  document.addEventListener("visibilitychange", listen);

  const how = performance.getEntriesByType("navigation")[0]?.type;
  history.scrollRestoration = "manual";
  const place = how === "reload" || how === "back_forward" ? stored() : null;
  if (place) restore(place);
  listen();
})();
