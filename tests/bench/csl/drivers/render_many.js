// works.json styles.json locales_dir out.json -> {style: {bib: {id: html}, cit: [html]}} by citeproc-js.
const fs = require("fs");
const CSL = require("citeproc");
const [worksFile, stylesFile, locales, out] = process.argv.slice(2);
const works = {};
for (const work of JSON.parse(fs.readFileSync(worksFile, "utf8"))) works[work.id] = work;
const { styles, citations } = JSON.parse(fs.readFileSync(stylesFile, "utf8"));
const system = {
  retrieveItem: (id) => JSON.parse(JSON.stringify(works[id])),
  retrieveLocale: (lang) => {
    const path = `${locales}/locales-${lang}.xml`;
    return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : false;
  },
};

// Empty entries are left out of the list but not of `entry_ids`: ask for each entry alone.
const isShown = (engine, id) => {
  const alone = engine.makeBibliography({ include: [{ field: "id", value: id }] });
  return alone && alone[1].length > 0;
};
const found = {};
for (const style of styles) {
  try {
    const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"));
    engine.opt.development_extensions.wrap_url_and_doi = false;
    engine.updateItems(Object.keys(works));
    const before = [];
    const cit = [];
    citations.forEach((cites, index) => {
      const id = `c${index}`;
      const cluster = { citationID: id, citationItems: cites, properties: { noteIndex: index + 1 } };
      const changed = engine.processCitationCluster(cluster, before.slice(), [])[1];
      before.push([id, index + 1]);
      for (const [place, text] of changed) cit[place] = text;
    });
    const bib = {};
    const list = engine.makeBibliography();
    if (list) {
      let ids = list[0].entry_ids.map((some) => some[0]);
      if (ids.length !== list[1].length) ids = ids.filter((id) => isShown(engine, id));
      list[1].forEach((text, index) => (bib[ids[index]] = text));
    }
    found[style] = { bib, cit };
  } catch (error) {
    found[style] = { error: String(error).slice(0, 200) };
  }
}
fs.writeFileSync(out, JSON.stringify(found));
