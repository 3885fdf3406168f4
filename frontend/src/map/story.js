// The page around the map: its title, its words and its tables follow the chosen city, and so does the address.
const PARTS = "[data-map-part]";
const LINKS = "link[rel=canonical], link[hreflang], a[hreflang]";

export class Story {
  // `show` is called with the address of a city (or null when it has no ties) whenever the page tells of another one.
  constructor(root, show) {
    this.root = root;
    this.show = show;
    this.field = root.dataset.field;
    this.query = location.search;
    if (!this.field) return;
    history.replaceState({ slug: root.dataset.origin }, "");
    addEventListener("popstate", () => location.search !== this.query && this.turn(location.href, { isBack: true }));
  }

  // Tells of a city by its address or name; a name that several bear leads to the page that offers them.
  tell(name, options = {}) {
    if (!this.field) return Promise.resolve(true);
    const address = new URL(location.href);
    address.search = new URLSearchParams({ [this.field]: name }).toString();
    address.hash = "";
    return this.turn(address.href, options);
  }

  async turn(address, { isBack = false, isShown = true } = {}) {
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    let page;
    try {
      const answer = await fetch(address, { signal });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return signal.aborted;
    }
    if (signal.aborted) return true;
    const next = page.getElementById(this.root.id);
    if (!next) {
      location.assign(address);
      return true;
    }
    const slug = next.dataset.origin;
    if (!isBack) {
      const here = new URL(address);
      here.search = new URLSearchParams({ [this.field]: slug }).toString();
      if (here.search !== location.search) history.pushState({ slug }, "", here.href);
    }
    this.query = location.search;
    this.replace(page, next);
    if (isShown) this.show(slug, next.querySelector("canvas").getAttribute("aria-label"));
    return true;
  }

  replace(page, next) {
    document.title = page.title;
    const fresh = [...page.querySelectorAll(PARTS)];
    document.querySelectorAll(PARTS).forEach((part, i) => {
      part.replaceChildren(...document.adoptNode(fresh[i]).childNodes);
      part.dispatchEvent(new Event("hermanar:new", { bubbles: true }));
    });
    const links = [...page.querySelectorAll(LINKS)];
    document.querySelectorAll(LINKS).forEach((link, i) => links[i] && (link.href = links[i].href));
    this.root.dataset.origin = next.dataset.origin;
    this.root.querySelector("canvas").setAttribute("aria-label", next.querySelector("canvas").getAttribute("aria-label"));
  }
}
