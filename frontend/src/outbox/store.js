// What waits on this device, by key, in the browser's own database: it stays when the page or the browser is closed.
const NAME = "hermanar";
const STORE = "outbox";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = database.transaction(STORE, mode);
      const asked = act(work.objectStore(STORE));
      work.oncomplete = () => resolve(asked.result);
      work.onabort = work.onerror = () => reject(work.error);
    });
  } finally {
    database.close();
  }
}

export const keep = (entry) => within("readwrite", (store) => store.put(entry));
export const drop = (key) => within("readwrite", (store) => store.delete(key));

// Puts another entry in the place of one, or nothing; what was written under its key meanwhile stays.
export const replace = (entry, next) =>
  within("readwrite", (store) => {
    const asked = store.get(entry.key);
    asked.onsuccess = () => {
      if (asked.result?.at !== entry.at) return;
      store.delete(entry.key);
      if (next) store.put(next);
    };
    return asked;
  });

export const every = async () => (await within("readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at);
