// An activity as it stands in the form: read, compared with what was kept of it, and told apart by its key.
export function read(form) {
  const fields = [...new FormData(form)].filter(
    ([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size),
  );
  const told = Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
  return { key: told.key, writer: told.writer, what: told.description_es || "", at: Date.now(), state: "waits", reason: "", fields };
}

const inWords = ({ fields }) =>
  JSON.stringify(fields.map(([name, value]) => [name, value instanceof Blob ? [value.name, value.size, value.lastModified] : value]));

export const differs = (one, other) => inWords(one) !== inWords(other);

// A UUID of version 7, as the server makes them; randomUUID is not there on a house without HTTPS.
function newKey() {
  const at = Date.now().toString(16).padStart(12, "0");
  const chance = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${at.slice(0, 8)}-${at.slice(8)}-7${chance.slice(0, 3)}-8${chance.slice(3, 6)}-${chance.slice(6, 18)}`;
}

// From here on the form is about another activity; what is typed in it stays. Two do not fulfil the same plan.
export function begins(form) {
  form.elements.key.value = newKey();
  form.elements.planned.value = "";
}

// The same words under another key.
export function renewed(entry) {
  const key = newKey();
  return { ...entry, key, fields: entry.fields.map(([name, value]) => [name, name === "key" ? key : value]) };
}
