// What somebody wrote without a signal, on their own device: locked, and each note under a key made here.
// The lock's key comes from the site in a cookie, while its person is signed in: without it the notes are no words.
// A note is {key, whose, n, at, state: "waiting" | "mend", iv, body}; `n` counts its changes. What the body holds,
// {kind, title, words, near, anyway, answer}, is locked with AES-GCM; `answer` is what the site had to say of it.
const COOKIE = /(?:^|; )alongside_notes=([0-9a-f]{16})\.([0-9a-f]{64})(?:;|$)/;

function base() {
  return new Promise((come, fail) => {
    const asked = indexedDB.open("alongside-no-signal", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("notes", { keyPath: "key" });
    asked.onsuccess = () => come(asked.result);
    asked.onerror = asked.onblocked = () => fail(asked.error);
  });
}

const answer = (asked) => new Promise((come, fail) => {
  asked.onsuccess = () => come(asked.result);
  asked.onerror = () => fail(asked.error);
});

// One transaction, over when it lies on the disk: a browser that is killed a moment later has it.
async function within(work, mode = "readwrite") {
  const opened = await base();
  try {
    const deal = opened.transaction("notes", mode, { durability: "strict" });
    const over = new Promise((come, fail) => {
      deal.oncomplete = come;
      deal.onabort = deal.onerror = () => fail(deal.error);
    });
    const [found] = await Promise.all([work(deal.objectStore("notes")), over]);
    return found;
  } finally {
    opened.close();
  }
}

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

function lock() {
  const [, , key] = document.cookie.match(COOKIE) || [];
  return key ? crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
}

// Bound to its own key and person: a body laid under another's does not open.
const bound = (iv, key, whose) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${whose} ${key}`) });

async function locked(key, whose, said) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const body = await crypto.subtle.encrypt(bound(iv, key, whose), await lock(), new TextEncoder().encode(JSON.stringify(said)));
  return { key, whose, iv, body };
}

async function opened(row) {
  const plain = await crypto.subtle.decrypt(bound(row.iv, row.key, row.whose), await lock(), row.body);
  return { key: row.key, n: row.n, at: row.at, state: row.state, ...JSON.parse(new TextDecoder().decode(plain)) };
}

window.alongsideKept = {
  works: () => Boolean(window.indexedDB && window.crypto?.subtle && crypto.randomUUID),
  whose: () => (document.cookie.match(COOKIE) || [])[1] || "",

  // Those of whoever is signed in, in the order they were written, and how many lie here locked for others.
  async all() {
    const whose = this.whose();
    const rows = await within((notes) => answer(notes.getAll()), "readonly");
    const mine = rows.filter((row) => row.whose === whose).sort((one, other) => one.at - other.at);
    const notes = await Promise.allSettled(mine.map(opened));
    return { notes: notes.filter((one) => one.value).map((one) => one.value), others: rows.length - mine.length };
  },

  // Keep a new note, or a change of one. Where another tab changed it in between, both stay; gives the key it has now.
  async keep(said, before = null) {
    const whose = this.whose();
    if (!whose) throw new Error("locked");
    const rows = [before ? before.key : crypto.randomUUID(), crypto.randomUUID()].map((key) => locked(key, whose, said));
    const [own, other] = await Promise.all(rows);
    return within(async (notes) => {
      const there = await answer(notes.get(own.key));
      const row = there && before && there.n !== before.n ? other : own;
      const n = (before ? before.n : 0) + 1;
      notes.put({ ...row, n, at: before?.at || Date.now(), state: "waiting" });
      return row.key;
    });
  },

  // What the site said of a note, as it was when it was sent. Taken: it goes from here, unless it was changed since.
  async settle({ key, n, kind, title, words, near }, said) {
    const whose = this.whose();
    const row = await locked(key, whose, { kind, title, words, near, answer: said });
    await within(async (notes) => {
      const there = await answer(notes.get(key));
      if (!there || there.n !== n || there.whose !== whose) return;
      if (said.answer === "cannot") notes.put({ ...there, ...row, state: "mend" });
      else notes.delete(key);
    });
  },

  drop: (key) => within(async (notes) => notes.delete(key)),

  // All of this person's; of everybody's, where nobody is signed in. The key to open them goes too.
  async wipe() {
    const whose = this.whose();
    await within(async (notes) => {
      for (const row of await answer(notes.getAll())) if (!whose || row.whose === whose) notes.delete(row.key);
    });
    document.cookie = "alongside_notes=; Max-Age=0; path=/no-signal/";
  },
};
