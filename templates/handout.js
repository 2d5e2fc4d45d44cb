/* What a script may add to a page that is whole without it: previews of references, and buttons that
   copy them.  Kept free of line comments, as it goes into the page on one line. */

(() => {
  "use strict";
  const page = document.querySelector(".tcit-handout");
  const words = page.dataset;
  const ours = (made) => { if (words.wordsLang) { made.lang = words.wordsLang; } return made; };
  const status = ours(document.createElement("p"));
  status.className = "tcit-status";
  status.setAttribute("role", "status");
  page.append(status);

  const say = (message) => {
    status.textContent = message;
    status.classList.add("tcit-shown");
    setTimeout(() => { status.classList.remove("tcit-shown"); status.textContent = ""; }, 2500);
  };

  const copyByEvent = (plain, rich) => {
    const fill = (event) => {
      event.clipboardData.setData("text/plain", plain);
      if (rich) { event.clipboardData.setData("text/html", rich); }
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done;
  };

  const copy = async (plain, rich) => {
    try {
      const parts = { "text/plain": new Blob([plain], { type: "text/plain" }) };
      if (rich) { parts["text/html"] = new Blob([rich], { type: "text/html" }); }
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      say(words.copied);
    } catch (refused) {
      say(copyByEvent(plain, rich) ? words.copied : words.notCopied);
    }
  };

  const button = (label, name, texts) => {
    const made = ours(document.createElement("button"));
    made.type = "button";
    made.className = "tcit-copy";
    made.dataset.label = label;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", () => copy(...texts()));
    return made;
  };

  const textsOf = (paragraph) => () => {
    const plain = paragraph.textContent.replace(/\s+/g, " ").trim();
    const rich = paragraph.cloneNode(true);
    rich.querySelectorAll("button").forEach((made) => made.remove());
    rich.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
    return [plain, rich.innerHTML.replace(/\s+/g, " ").trim()];
  };

  document.querySelectorAll(".tcit-list > li").forEach((entry) => {
    const paragraph = entry.querySelector(".tcit-reference");
    const name = words.copyReference.replace("{work}", entry.dataset.name);
    paragraph.append(" ", button("", name, textsOf(paragraph)));
  });

  document.querySelectorAll(".tcit-take").forEach((line) => {
    const panel = line.closest(".cite-this");
    if (panel) {
      line.prepend(button(words.copy, words.copy, textsOf(panel.querySelector("p"))), " ");
    }
    line.querySelectorAll("a[download]").forEach((link) => {
      const text = () => {
        const letters = atob(link.href.slice(link.href.indexOf(",") + 1));
        return [new TextDecoder().decode(Uint8Array.from(letters, (one) => one.charCodeAt(0)))];
      };
      const pair = document.createElement("span");
      pair.className = "tcit-pair";
      link.replaceWith(pair);
      pair.append(link, " ", button("", `${words.copy}: ${link.textContent}`, text));
    });
  });

  if (!("popover" in HTMLElement.prototype)) { return; }
  const card = document.createElement("div");
  card.className = "tcit-card";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  let citing = null;

  const place = (link) => {
    const box = link.getClientRects()[0];
    const room = document.documentElement;
    const left = Math.min(box.left, room.clientWidth - card.offsetWidth - 12);
    const below = box.bottom + 8;
    const fits = below + card.offsetHeight < room.clientHeight;
    card.style.left = `${Math.max(12, left)}px`;
    card.style.top = `${fits ? below : Math.max(12, box.top - card.offsetHeight - 8)}px`;
  };

  const show = (link, entry) => {
    const reference = entry.querySelector(".tcit-reference").cloneNode(true);
    reference.querySelectorAll("button").forEach((made) => made.remove());
    const more = ours(document.createElement("a"));
    more.href = link.getAttribute("href");
    more.textContent = words.showInList;
    more.addEventListener("click", () => card.hidePopover());
    const line = document.createElement("p");
    line.className = "tcit-more";
    line.append(more);
    card.replaceChildren(reference, line);
    card.setAttribute("aria-label", entry.dataset.name);
    link.closest(".tcit-citation").after(card);
    link.scrollIntoView({ block: "nearest", behavior: "instant" });
    card.showPopover();
    citing = link;
    place(link);
    card.focus({ preventScroll: true });
  };

  document.querySelectorAll("a[role=doc-biblioref]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const entry = document.getElementById(link.getAttribute("href").slice(1));
      if (!entry || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
      event.preventDefault();
      show(link, entry);
    });
  });
  const follow = () => {
    if (!card.matches(":popover-open")) { return; }
    const box = citing.getClientRects()[0];
    if (box.bottom > 0 && box.top < innerHeight) { place(citing); } else { card.hidePopover(); }
  };
  addEventListener("scroll", follow, { passive: true });
  addEventListener("resize", follow);
})();
