// What the pages can do beyond plain forms. Everything works without it.

const root = document.documentElement;
const words = document.body.dataset;
const api = "/api/v1";
root.classList.add("scripted");

const say = (text) => (document.querySelector("#status").textContent = text);
const post = (path, body) =>
  fetch(api + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

// --- copying ------------------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    // no clipboard here: select the text, so that the keyboard can copy it
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return;
  }
  button.dataset.label ??= button.textContent;
  button.textContent = button.dataset.done;
  say(button.dataset.done);
  setTimeout(() => (button.textContent = button.dataset.label), 2500);
});

// Copied, opened or downloaded: the case notes that the message was taken along.
document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-went]");
  const form = document.querySelector("form.confirm");
  if (!way || !form || way.dataset.noted) return;
  way.dataset.noted = "yes";
  const body = { kind: "handed_over", channel: way.dataset.went, keep: true };
  post(`${location.pathname}/events`, body).then(async (answer) => {
    if (!answer.ok) return;
    const { version } = await answer.json();
    for (const field of document.querySelectorAll("input[name=version]")) field.value = version;
  }, () => {});
});

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    if (!form.dataset.there && !confirm(form.dataset.confirm)) event.preventDefault();
  });
}

// --- a stopped server costs no word -------------------------------------------------------------

const fields = (form) => [...form.elements].filter((e) => e.name && e.type !== "hidden" && e.type !== "file");

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = `taktvoll ${form.dataset.keep}`;
  const version = form.elements.version?.value ?? "";
  const remember = () => {
    const values = fields(form).map((e) => (/radio|checkbox/.test(e.type) ? e.checked : e.value));
    sessionStorage.setItem(key, JSON.stringify({ version, values }));
  };
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  // only what was typed over this very state, and was not sent
  if (kept?.version === version && kept.values.length === fields(form).length && !document.querySelector(".problem[role=alert]")) {
    fields(form).forEach((e, n) => {
      if (/radio|checkbox/.test(e.type)) e.checked = kept.values[n];
      else if (!e.matches("button")) e.value = kept.values[n];
    });
  }
  form.addEventListener("input", remember);
  form.addEventListener("submit", () => (form.dataset.sent = "yes"));
  addEventListener("pagehide", () => form.dataset.sent && sessionStorage.removeItem(key));
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || form.dataset.there) return;
    event.preventDefault();
    const button = event.submitter;
    try {
      const answer = await fetch(`${api}/session`, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      form.elements.csrf.value = (await answer.json()).csrf; // of this start of the desk
    } catch (gone) {
      delete form.dataset.sent;
      complain(form, gone.message === "403" ? words.gone : words.stopped);
      return;
    }
    form.dataset.there = "yes";
    form.requestSubmit(button?.form === form ? button : undefined);
    delete form.dataset.there;
  });
}

function complain(form, text) {
  let note = form.querySelector(".problem.here");
  if (!note) {
    note = document.createElement("p");
    note.className = "problem here";
    note.setAttribute("role", "alert");
    form.prepend(note);
  }
  note.textContent = text;
  note.scrollIntoView({ block: "nearest" });
}

// --- what is held leaves when the time is over ---------------------------------------------------

for (const left of document.querySelectorAll("[data-until]")) {
  const until = Date.now() + (new Date(left.dataset.until) - new Date(left.dataset.now));
  const count = () => (left.textContent = Math.max(0, Math.round((until - Date.now()) / 1000)));
  setInterval(count, 1000);
  const look = async () => {
    const answer = await fetch(`${api}/cases/${left.dataset.case}`, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && (await answer.json()).version !== Number(left.dataset.version)) location.assign(`/cases/${left.dataset.case}`);
  };
  setInterval(look, 3000);
}

// --- a file dropped onto the page ---------------------------------------------------------------

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    const ways = form.querySelectorAll(".go button");
    if (ways.length === 1) form.requestSubmit(ways[0]);
    else ways[0].focus();
  });
}

// --- the advice, as soon as something is ticked -------------------------------------------------

for (const form of document.querySelectorAll("form[data-live]")) {
  form.addEventListener("change", async (event) => {
    if (!event.target.closest("[data-asks]")) return;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.live, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["advice", "offered"]) {
      document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    }
  });
}

// --- the check, while one types -----------------------------------------------------------------

const editor = document.querySelector(".editor[data-check]");
if (editor) {
  const text = editor.querySelector("textarea");
  const marks = document.getElementById("marks");
  const list = document.getElementById("findings");
  const fine = document.getElementById("fine");
  let latest = 0;
  let timer;

  const element = (name, content, kind) => {
    const made = document.createElement(name);
    made.textContent = content;
    if (kind) made.className = kind;
    return made;
  };

  const draw = (value, findings) => {
    const parts = [];
    let at = 0;
    for (const f of findings.filter((f) => f.start !== null)) {
      if (f.start < at) continue;
      parts.push(value.slice(at, f.start), element("mark", value.slice(f.start, f.end), f.severity));
      at = f.end;
    }
    marks.replaceChildren(...parts, value.slice(at) + "\n\u200b");
    list.replaceChildren(
      ...findings.map((f) => {
        const item = element("li", "", f.severity);
        const title = f.severity === "error" ? list.dataset.change : list.dataset.small;
        item.append(element("strong", title), " ");
        if (f.quote) item.append(element("q", f.quote));
        item.append(element("p", f.message));
        if (f.fix) item.append(element("p", `${list.dataset.better} ${f.fix}`, "hint"));
        else if (f.fix === "") item.append(element("p", list.dataset.delete, "hint"));
        if (f.mended !== null && !text.readOnly) {
          const mend = element("button", list.dataset.mend, "second small");
          mend.type = "button";
          mend.addEventListener("click", () => {
            text.value = f.mended;
            text.dispatchEvent(new Event("input", { bubbles: true }));
            text.focus();
          });
          item.append(mend);
        }
        return item;
      }),
    );
    fine.hidden = findings.length > 0;
  };

  const check = async () => {
    const value = text.value;
    const mine = ++latest;
    const body = { text: value, case: editor.dataset.check, units: "utf16" };
    const answer = await post("/check", body).catch(() => null);
    if (!answer?.ok || mine !== latest) return;
    draw(value, (await answer.json()).findings);
  };

  text.addEventListener("input", () => {
    marks.textContent = text.value + "\n\u200b"; // the page grows with the text, at once
    clearTimeout(timer);
    timer = setTimeout(check, 30);
  });
  if (text.value !== text.defaultValue) check();
}
