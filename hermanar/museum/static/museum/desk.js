// Suggests public records while a name is typed; without it the name is written whole and looked up when the page is kept.
(() => {
  const list = document.createElement("datalist");
  list.id = "registros-sugeridos";
  let waiting;
  const suggest = async (input) => {
    const query = new URLSearchParams({ clase: input.dataset.recordKind, q: input.value });
    const answer = await fetch(`/cms/museo/registros/?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return;
    const { labels } = await answer.json();
    list.replaceChildren(...labels.map((label) => Object.assign(document.createElement("option"), { value: label })));
  };
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.recordKind) return;
    if (!list.isConnected) document.body.append(list);
    target.setAttribute("list", list.id);
    clearTimeout(waiting);
    if (target.value.trim().length > 1) waiting = setTimeout(() => suggest(target), 200);
  });
})();
