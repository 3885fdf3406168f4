// A work one can come close to: the photograph stands without a script; a button brings the viewer, whose code is only
// asked for then. What it says comes from the page.
const figure = document.querySelector("figure[data-zoom]");

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "zoom__button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function load(address) {
  return new Promise((done, failed) => {
    if (window.hermanarViewer) return done(window.hermanarViewer);
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => done(window.hermanarViewer));
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

if (figure) {
  const { zoom, viewer, name, open, close, in: nearer, out: farther, whole, keys, failed } = figure.dataset;
  const picture = figure.querySelector("img");
  const say = document.createElement("p");
  say.setAttribute("role", "status");
  say.className = "small";
  const opener = button(open, async () => {
    opener.disabled = true;
    try {
      const start = await load(viewer);
      show(start);
    } catch {
      say.textContent = failed;
    }
    opener.disabled = false;
  });

  const show = (start) => {
    const stage = document.createElement("div");
    stage.className = "zoom__stage";
    picture.hidden = true;
    opener.hidden = true;
    const shown = start(stage, zoom, { label: `${name}. ${keys}`, failed: () => { hide(); say.textContent = failed; } });
    const bar = document.createElement("div");
    bar.className = "zoom__bar";
    const hide = () => {
      shown.close();
      stage.remove();
      bar.remove();
      picture.hidden = false;
      opener.hidden = false;
      opener.focus();
    };
    bar.append(button(nearer, shown.nearer), button(farther, shown.farther), button(whole, shown.whole), button(close, hide));
    picture.after(stage, bar);
    shown.begin();
    bar.firstChild.focus();
  };

  picture.after(opener, say);
}
