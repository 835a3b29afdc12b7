// Out: records that want to do harm, all invented. Each field tries to become markup, a script, an address
// that runs, or to turn the reading direction around. Whatever of it runs sets `window.pwned` or opens a dialog.

const RUN = "window.pwned=1;alert(1)";
const TITLE = `</title><script>${RUN}</script>`;
const IMAGE = `<img id="pwned" name="pwned" src="https://evil.example/x.png" onerror="${RUN}">`;
const QUOTES = `" onmouseover="${RUN}" onfocus='${RUN}' autofocus tabindex="0" x="`;
const TURNED = "\u202egnp.exe\u202c \u2066left\u2069 \u200f";
const LONG = "Unbreakable".repeat(40);

/** The words that are searched for: `clocktower` stands beside a payload. */
export const WORDS = ["clocktower", `"><script>${RUN}</script>`, `'${QUOTES}`, `${TURNED}clocktower`];

/** What must not be in any text that is shown: marks that turn the reading direction around. */
export const TURNS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;

// Rosmarie Egger is named by the samples too, so that her page lists a story of theirs and one of these.
const SAID = `“Nobody ${IMAGE} was hurt when the clocktower of Quillport stopped, and the tea was still warm,” said Rosmarie Egger, the mayor of Thal, who was visiting Quillport.`;
const MORE = "The keeper of the clocktower, Tobin Farrow, climbed down a ladder with a lantern and a ham sandwich while the harbour band played on.";

export const records = [
  {
    id: `"><script>${RUN}</script>`,
    url: `javascript:${RUN}//https://evil.example/`,
    outlet: `Quill ${IMAGE} Post`,
    title: `Quillport clocktower stops at noon ${TITLE}`,
    published: "2023-05-02T14:00:00Z",
    language: "en",
    authors: [`Ann <b onclick="${RUN}">Marl</b>`],
    text: [
      `The clocktower of Quillport stopped at noon on Tuesday and 14 visitors were stuck in it, the fire brigade said ${TITLE}.`,
      SAID,
      MORE,
      `The clocktower was closed on Tuesday evening <svg/onload="${RUN}"> by the harbour office of Quillport.`,
      `${TURNED} <iframe srcdoc="<script>parent.pwned=1</script>"></iframe> The repair will cost 900 crowns, the town council said.`,
    ].join("\n\n"),
  },
  {
    id: `../..//${QUOTES}?a=1&b=2#x`,
    url: `https://evil.example/"onmouseover="${RUN}"x="<script>${RUN}</script>`,
    outlet: `Tide'${QUOTES}`,
    title: `Twenty-one stuck as Quillport clocktower stops ${QUOTES}`,
    published: "2023-05-02T16:30:00Z",
    language: `en" onload="${RUN}`,
    text: [
      "The clocktower of Quillport stopped at noon on Tuesday and 21 visitors were stuck in it, the fire brigade said.",
      SAID,
      MORE,
      `The clocktower was not closed on Tuesday evening, the harbour office of Quillport said. <a href="javascript:${RUN}">more</a>`,
      "The repair will cost 900 crowns, the town council said.",
    ].join("\n\n"),
  },
  {
    id: `${TURNED}<style>*{display:none}</style>`,
    url: `data:text/html,<script>${RUN}</script>`,
    outlet: `${TURNED}ynnuS Gazette`,
    title: `${TURNED}<base href="https://evil.example/">Lighthouse of Brackwater sold to a beekeeper`,
    published: `<time onclick="${RUN}">`,
    text: `${TURNED}The lighthouse of Brackwater was sold to a beekeeper on Monday, the council said.\n\n${LONG} ${LONG}\n\n<meta http-equiv="refresh" content="0;url=https://evil.example/">`,
  },
  {
    id: "long",
    url: `https://evil.example/${LONG}`,
    outlet: LONG,
    title: `${LONG} ${LONG}`,
    published: "2023-06-01",
    text: `Snails won the ${LONG} cup at Mudford on Thursday, the referee said.\n\n“${LONG},” said Orla Penhallow, the referee of Mudford.`,
  },
  {
    id: "..",
    outlet: "Dots",
    title: "Thimblewick counts its geese",
    published: "2023-08-01",
    text: "The village of Thimblewick counted its geese on Sunday and found forty, the parish clerk, Ivo Marrable, said.",
  },
  {
    // Nothing says where this is from.
    id: "nowhere",
    title: "Mirrors of Hexcombe polished for the fair",
    published: "2023-09-01",
    text: "The mirrors of Hexcombe were polished on Friday for the autumn fair, the caretaker, Lowell Tansy, said.",
  },
  {
    id: "page",
    url: "https://evil.example/page",
    published: "2023-07-01",
    html: `<html><head><title>Ferry of Ostrel${TITLE}</title><base href="https://evil.example/"><meta property="og:site_name" content='Ostrel ${QUOTES.replaceAll("'", "&#39;")}'><style>@import url(https://evil.example/x.css)</style></head><body onload="${RUN}"><article><h1>Ferry of Ostrel runs again &lt;script&gt;${RUN}&lt;/script&gt;</h1><p>The ferry of Ostrel ran again on Saturday after a winter in the dry dock, said its captain, Mirela Voss. ${IMAGE}</p><p>It carried forty sheep &lt;img src=x onerror="${RUN}"&gt; and a piano across the sound, and nobody on board complained about the music on the way.</p><p>&lt;/p&gt;&lt;/article&gt;&lt;script&gt;${RUN}&lt;/script&gt; The ferry sails at noon on every day but Friday, the captain said, and it takes twenty minutes.</p><form action="https://evil.example/"><input autofocus onfocus="${RUN}"></form></article></body></html>`,
  },
];
