// The postcard follows what is chosen; without this script a button shows it.
const card = document.querySelector("[data-postcard]");
const form = card?.closest(".compose")?.querySelector("form");
if (form) {
  document.querySelector("[data-postcard-see]")?.remove();
  let last = 0;
  const draw = async () => {
    const data = new FormData(form);
    const asked = new URLSearchParams({ ciudad: data.get("city"), lazo: data.get("pair"), dibujo: data.get("scene") });
    for (const code of data.getAll("stamps").slice(0, 5)) asked.append("sello", code);
    card.dataset.wall = data.get("wall") || "ochre";
    const mine = ++last;
    const answer = await fetch(`${card.dataset.address}?${asked}`).catch(() => null);
    if (answer?.ok && mine === last) {
      const drawn = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
      if (drawn.localName === "svg") card.replaceChildren(document.importNode(drawn, true));
    }
  };
  form.addEventListener("change", (event) => {
    const stamps = form.querySelectorAll('[name="stamps"]:checked');
    if (event.target.name === "stamps" && stamps.length > 5) event.target.checked = false;
    if (["pair", "scene", "wall", "stamps"].includes(event.target.name)) draw();
  });
}
