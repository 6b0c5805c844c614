"use strict";
// Keys from number to number. Everything else is done by links and by the style.
(() => {
  const marks = [...document.querySelectorAll(".m[id]")];
  const boxes = [...document.querySelectorAll(".filters input")];
  const details = document.getElementById("_details");
  let at = -1;

  // With a filter, what it shows; else what somebody has to look at.
  const isShown = (mark) => {
    const ticked = boxes.filter((box) => box.checked);
    if (ticked.length) return ticked.some((box) => mark.classList.contains(box.value));
    return !mark.matches(".ignored, .excluded, .used");
  };
  const address = (mark) => mark.getAttribute("href");
  const choose = (index) => {
    marks[at]?.classList.remove("on");
    marks[at]?.removeAttribute("aria-current");
    at = index;
    const mark = marks[at];
    if (!mark) return;
    mark.classList.add("on");
    mark.setAttribute("aria-current", "true");
    const show = () => mark.scrollIntoView({ block: "nearest" });
    show();
    // In a long draft, what lies between is measured only now.
    requestAnimationFrame(show);
  };
  const follow = () => {
    const hash = decodeURIComponent(location.hash);
    details.scrollTop = 0;
    if (marks[at] && (address(marks[at]) === hash || "#" + marks[at].id === hash)) return choose(at);
    const own = marks.findIndex((mark) => "#" + mark.id === hash);
    choose(own >= 0 ? own : marks.findIndex((mark) => address(mark) === hash));
  };
  const step = (by) => {
    let next = at;
    if (next < 0) next = by > 0 ? firstInView() - 1 : marks.length;
    do next += by; while (marks[next] && !isShown(marks[next]));
    if (!marks[next]) return;
    choose(next);
    location.replace(address(marks[next]));
    marks[next].focus({ preventScroll: true });
  };
  const firstInView = () => {
    const first = marks.findIndex((mark) => mark.getBoundingClientRect().bottom > 0);
    return first < 0 ? 0 : first;
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { j: 1, n: 1, k: -1, p: -1 };
    if (event.key in steps) step(steps[event.key]);
    else if (event.key === "Escape") {
      const mark = marks[at];
      location.replace("#_overview");
      mark?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });
  addEventListener("click", (event) => {
    const mark = event.target.closest?.(".m[id]");
    if (mark) choose(marks.indexOf(mark));
  });
  addEventListener("hashchange", follow);
  if (location.hash) follow();
})();
