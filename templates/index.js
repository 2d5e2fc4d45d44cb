"use strict";
(() => {
  const box = document.querySelector(".tcit-search");
  if (!box) return;
  const input = box.querySelector("input");
  const status = document.querySelector(".tcit-count");
  const plain = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(".tcit-group li")].map((item) => ({
    item,
    text: plain(item.innerText + " " + item.dataset.search),
  }));
  const search = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) found += 1;
    }
    for (const group of document.querySelectorAll(".tcit-group"))
      group.hidden = !group.querySelector("li:not([hidden])");
    status.textContent = words.length
      ? status.dataset.found.replace("{found}", found).replace("{count}", items.length)
      : status.dataset.all;
  };
  input.addEventListener("input", search);
  box.hidden = false;
  if (input.value) search();
})();
