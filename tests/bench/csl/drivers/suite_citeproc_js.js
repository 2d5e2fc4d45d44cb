// The test suite's protocol (see the suite's runner), answered by citeproc-js: JSON lines in and out.
const fs = require("fs");
const readline = require("readline");
const CSL = require("citeproc");
CSL.debug = () => {};

function engineFor(request) {
  const works = {};
  const ids = [];
  request.input.forEach((work, index) => {
    const id = String(work.id === undefined ? `lone-${index}` : work.id);
    if (!(id in works)) ids.push(id);
    works[id] = { ...work, id };
  });
  const system = {
    retrieveItem: (id) => JSON.parse(JSON.stringify(works[id])),
    retrieveLocale: (lang) => {
      const path = `${request.locales_dir}/locales-${lang}.xml`;
      return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : false;
    },
  };
  if (request.abbreviations) {
    system.getAbbreviation = (list, abbreviations, jurisdiction, category, original) => {
      const found = (request.abbreviations[jurisdiction] || {})[category] || {};
      if (!abbreviations.default) abbreviations.default = new CSL.AbbreviationSegments();
      if (found[original]) abbreviations.default[category][original] = found[original];
    };
  }
  const engine = new CSL.Engine(system, request.csl);
  engine.fun.dateparser.addDateParserMonths = engine.fun.dateparser.addDateParserMonths || (() => {});
  engine.opt.development_extensions.wrap_url_and_doi = false;
  for (const [name, value] of Object.entries(request.options || {})) {
    if (name === "variableWrapper") continue;
    engine.opt.development_extensions[name] = value;
  }
  return { engine, ids };
}

function texts(request) {
  const { engine, ids } = engineFor(request);
  if (request.bibentries) request.bibentries.forEach((entry) => engine.updateItems(entry.map(String)));
  else if (!request.document) engine.updateItems(ids);
  const lines = [];
  if (request.document) {
    const before = [];
    request.document.forEach((citation, index) => {
      const note = (citation.properties || {}).noteIndex || 0;
      const cluster = { citationID: `c${index}`, citationItems: citation.citationItems, properties: { noteIndex: note } };
      for (const [place, text] of engine.processCitationCluster(cluster, before.slice(), [])[1]) lines[place] = text;
      before.push([`c${index}`, note]);
    });
  }
  if (request.mode === "bibliography") {
    const made = engine.makeBibliography(request.bibsection || undefined);
    return made ? made[0].bibstart + made[1].join("") + made[0].bibend : "";
  }
  if (request.document) return lines.join("\n");
  const lists = request.citation_items || [engine.registry.reflist.map((item) => ({ id: item.id }))];
  return lists.map((cites) => engine.makeCitationCluster(cites)).join("\n");
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  let reply;
  try {
    reply = { id: request.id, result: texts(request) };
  } catch (error) {
    reply = { id: request.id, error: String(error).slice(0, 200) };
  }
  process.stdout.write(JSON.stringify(reply) + "\n");
});
