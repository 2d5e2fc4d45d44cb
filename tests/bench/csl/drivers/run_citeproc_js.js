// items.json style.csl locales_dir -> the bibliography as HTML by citeproc-js.
const fs = require("fs");
const CSL = require("citeproc");
const [items, style, locales] = process.argv.slice(2);
const works = {};
for (const work of JSON.parse(fs.readFileSync(items, "utf8"))) works[work.id] = work;
const system = {
  retrieveItem: (id) => works[id],
  retrieveLocale: (lang) => {
    const path = `${locales}/locales-${lang}.xml`;
    return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : false;
  },
};
const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"), "en-US");
engine.updateItems(Object.keys(works));
console.log(engine.makeBibliography()[1].join(""));
