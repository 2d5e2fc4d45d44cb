// Follows what is on the screen: when the server has built it anew, the page is loaded again and
// scrolled to where the reader was.
"use strict";
(() => {
  const bar = document.querySelector("#tcit-preview");
  if (!bar) return;
  const { document: name, slug, version, build } = bar.dataset;
  const status = bar.querySelector(".state");
  const store = (key) => `tcit-preview ${key} ${location.pathname}`;
  const recall = (key) => sessionStorage.getItem(store(key));
  const note = (key, value) =>
    value === null
      ? sessionStorage.removeItem(store(key))
      : sessionStorage.setItem(store(key), value);

  // ── the scroll position ─────────────────────────────────────────────────────────────────────
  // A page of problems instead of the document keeps the place for when the document is back.
  const alone = document.body.classList.contains("tcit-preview-alone");
  const again = () => {
    if (!alone) note("place", JSON.stringify([scrollX, scrollY, location.hash]));
    // Without the anchor, which would draw the reader back to it.
    history.replaceState(history.state, "", location.pathname);
    location.reload();
  };
  const place = alone ? null : JSON.parse(recall("place") ?? "null");
  if (place) {
    note("place", null);
    const [left, top, anchor] = place;
    const back = () => scrollTo({ left, top, behavior: "instant" });
    history.scrollRestoration = "manual";
    history.replaceState(history.state, "", location.pathname + anchor);
    back();
    addEventListener("load", () => {
      back();
      history.scrollRestoration = "auto";
    });
  }

  // ── problems: open when there are errors, unless the reader closed them ─────────────────────
  const panel = bar.querySelector(".problems");
  if (!panel?.open) note("closed", null);
  else if (recall("closed")) panel.open = false;
  panel?.addEventListener("toggle", () => note("closed", panel.open ? null : "yes"));

  // ── the PDF, over the page ──────────────────────────────────────────────────────────────────
  const buttons = [...bar.querySelectorAll(".pdf")];
  let paper = null;
  let shown = null;
  const showPaper = (button) => {
    shown = button;
    note("pdf", button ? button.getAttribute("href") : null);
    bar.dataset.view = button ? "pdf" : "page";
    for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    paper?.remove();
    paper = null;
    if (!button) return say();
    paper = document.createElement("iframe");
    paper.src = button.getAttribute("href");
    paper.title = paper.getAttribute("src").slice(1);
    paper.addEventListener("load", () => say());
    bar.prepend(paper);
    say("busy", "Making the PDF …");
  };
  for (const button of buttons) {
    button.setAttribute("role", "button");
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      button.closest("[popover]")?.hidePopover();
      showPaper(button === shown ? null : button);
    });
    button.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && paper && !bar.querySelector(":popover-open")) showPaper(null);
  });

  // ── what the server says ────────────────────────────────────────────────────────────────────
  let built = build;
  const say = (state = "live", words = "Live") => {
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  };
  let source = null;
  const listen = () => {
    if (source) return;
    source = new EventSource(`/-/events?document=${encodeURIComponent(name)}`);
    source.addEventListener("state", ({ data }) => {
      const state = JSON.parse(data);
      if (state.slug !== slug && state.address) return location.replace(state.address);
      if (state.version !== version) return again();
      if (paper && state.build !== built) showPaper(shown);
      else if (!paper) say();
      built = state.build;
    });
    source.addEventListener("gone", () => say("lost", "This document is no longer there"));
    source.addEventListener("error", () => {
      say("lost", "Not connected");
      if (source?.readyState !== EventSource.CLOSED) return;
      source = null;
      setTimeout(listen, 1000);
    });
  };
  const rest = () => {
    source?.close();
    source = null;
  };

  // A hidden tab keeps no connection open: a browser has few for one server.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && listen());
  const recalled = buttons.find((button) => button.getAttribute("href") === recall("pdf"));
  if (recalled) showPaper(recalled);
  if (!document.hidden) listen();
})();
