// The review screen. One ES module, no build step, nothing from the network.
// Offsets are code points of the text as published; the DOM counts UTF-16, so every boundary is converted.
// Decisions travel as messages; nothing is shown as decided before Python says that it is on disk.

const HUES = {
  PERSON: "#8a3ffc", POSITION: "#6a5acd", COUNTRY: "#0a6ebd", REGION: "#0e7c86", CITY: "#1a8f9c",
  LOCATION: "#3b7d5c", FACILITY: "#5b7a1f", ORGANIZATION: "#2446a8", GOVERNMENT_BODY: "#34568b",
  EVENT: "#b0257d", TREATY: "#a3195b", PROGRAM: "#9a4a00", CONCEPT: "#7a5c00", LANGUAGE: "#52606d",
  NATIONALITY: "#4a6fa5",
};
const TONES = { entity: "#0a6ebd", date: "#00794f", money: "#a87400", quantity: "#6b7280", agreement: "#c4490b" };
const STATUS = { pending: ["○", "未確認"], accepted: ["✓", "承認"], rejected: ["✕", "却下"], flagged: ["⚑", "要確認"] };
const SOURCE = { rule: "規則", gazetteer: "辞書", model: "モデル", review: "追加" };
const AROUND = 40; // code points of context in queue mode
const PATIENCE = 8000; // ms until a missing answer counts as a failure, where the model does not say

const ACTIONS = [
  ["accept", "a", "承認"], ["reject", "x", "却下"], ["skip", "s", "保留"], ["edit", "e", "値"],
  ["comment", "c", "コメント"], ["flag", "f", "要確認"], ["undo", "u", "元に戻す"], ["done", "d", "文書完了"],
];
const EDGES = [
  ["[", "左端を左へ", "start", -1], ["]", "左端を右へ", "start", 1],
  ["{", "右端を左へ", "end", -1], ["}", "右端を右へ", "end", 1],
];
const HELP = [
  ["j / k（↓ / ↑）", "次・前の注釈"], ["a", "承認して次へ"], ["x", "却下して次へ"], ["s", "保留（記録せずに次へ）"],
  ["Shift+A / Shift+X", "同じ語句・同じラベルの未確認をまとめて承認・却下"],
  ["1–9", "ラベルを変える。本文を選択しているときは、そのラベルで追加"], ["0", "すべてのラベルから選ぶ（← → で動かし、Enter で決める）"],
  ["[ ]", "左端を左へ・右へ"], ["{ }", "右端を左へ・右へ"],
  ["t", "端を動かす単位を文字・語で切り替え（ボタンは Shift+クリックで語単位）"],
  ["n", "新しい範囲を選択中の注釈の位置から作る（[ ] { } ← → で動かし、数字で追加）"], ["l", "追加する層を切り替え"],
  ["e", "値を編集（Enter で保存、Esc で取り消し）"], ["c", "コメント"], ["f", "要確認の印を付ける・外す"],
  ["Del", "自分で追加した注釈を削除"], ["u", "元に戻す"], ["d", "文書完了（漏れも誤りもないことの確認）"],
  ["q", "文書モードとキューモードの切り替え"], ["Esc", "選択や入力をやめる"], ["?", "このヘルプ"],
];

const el = (tag, props = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = value;
    else if (key.startsWith("aria-") && value != null) node.setAttribute(key, String(value));
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
};

/** Conversions between UTF-16 indices and code points of one text. */
class Points {
  constructor(text) {
    this.text = text;
    this.toUnit = [];
    this.toPoint = new Uint32Array(text.length + 1);
    let point = 0;
    for (let unit = 0; unit < text.length; point++) {
      const size = text.codePointAt(unit) > 0xffff ? 2 : 1;
      this.toUnit.push(unit);
      this.toPoint[unit] = point;
      if (size === 2) this.toPoint[unit + 1] = point; // inside a pair: its character
      unit += size;
    }
    this.toUnit.push(text.length);
    this.toPoint[text.length] = point;
    this.length = point;
  }
  slice(start, end) {
    return this.text.slice(this.toUnit[Math.max(0, start)], this.toUnit[Math.min(this.length, end)]);
  }
  /** The code point at a UTF-16 index; with `up`, an index inside a pair counts as after it. */
  at(unit, up) {
    const point = this.toPoint[unit];
    return up && this.toUnit[point] !== unit ? point + 1 : point;
  }
}

class Screen {
  constructor(model, host) {
    this.model = model;
    this.client = Math.random().toString(36).slice(2);
    this.seq = 0;
    this.waiting = new Map();
    this.items = new Map();
    this.hidden = new Set();
    this.filter = "all";
    this.mode = "doc";
    this.queue = [];
    this.sel = null;
    this.draft = null;
    this.blocked = null;
    this.byToken = false;
    this.skipped = new Set();
    this.since = performance.now();
    this.patience = model.get("patience") || PATIENCE;
    this.build(host);
    this.onMessage = (message) => this.receive(message);
    model.on("msg:custom", this.onMessage);
    this.themes = new MutationObserver(() => this.theme());
    for (const node of [document.documentElement, document.body]) {
      this.themes.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-jp-theme-light"] });
    }
    this.onSelection = () => this.takeSelection();
    document.addEventListener("selectionchange", this.onSelection);
    this.hello("");
  }

  destroy() {
    this.model.off("msg:custom", this.onMessage);
    document.removeEventListener("selectionchange", this.onSelection);
    this.themes.disconnect();
    for (const wait of this.waiting.values()) clearTimeout(wait.timer);
  }

  /** Take the colours of a dark page: as JupyterLab says, else by what is painted behind the host. */
  theme() {
    const said = document.body.dataset.jpThemeLight;
    let dark = said === "false";
    for (let node = this.root.parentNode; said === undefined && node; node = node.parentNode || node.host) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const paint = getComputedStyle(node).backgroundColor;
      const [red, green, blue, alpha = 1] = (paint.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
      if (alpha < 0.5) continue;
      const most = paint.startsWith("rgb") ? 255 : 1;
      dark = (0.21 * red + 0.72 * green + 0.07 * blue) / most < 0.4;
      break;
    }
    this.root.classList.toggle("sr-dark", dark);
  }

  // ---- messages

  send(message, onAnswer) {
    const full = { ...message, client: this.client, seq: ++this.seq };
    const timer = setTimeout(() => this.late(full), this.patience);
    this.waiting.set(full.seq, { message: full, onAnswer, timer });
    this.model.send(full);
    return full.seq;
  }

  late(message) {
    if (message.type === "do") this.fail("応答がありません。カーネルが止まっている可能性があります", message);
    else this.say("カーネルに接続していません。セルをもう一度実行してください", "bad");
  }

  hello(docId, then) {
    this.say("読み込み中…", "busy");
    this.send({ type: docId ? "open" : "hello", doc_id: docId }, (answer) => {
      if (answer.type !== "view") return this.say(answer.error, "bad");
      this.show(answer);
      if (then) then();
    });
  }

  receive(answer) {
    const mine = answer.client === this.client ? this.waiting.get(answer.seq) : null;
    if (mine) {
      clearTimeout(mine.timer);
      this.waiting.delete(answer.seq);
      if (this.blocked && this.blocked.seq === answer.seq && answer.ok) this.unblock();
      mine.onAnswer(answer);
    } else if (answer.type === "ack" && answer.ok && this.view && answer.doc_id === this.view.doc.doc_id) {
      this.update(answer); // decided on another screen of the same widget
    }
  }

  do(op, params = {}, { then, item, title } = {}) {
    if (!this.view) return;
    if (this.view.read_only) return this.say(this.view.read_only, "bad");
    if (this.blocked) return this.say(`${this.blocked.text} — 再試行してください`, "bad");
    this.say("保存中…", "busy");
    const ms = Math.round(performance.now() - this.since);
    const timed = op === "undo" || op === "reopen" ? params : { ...params, ms };
    const doc = this.view.doc.doc_id;
    this.send({ type: "do", doc_id: doc, op, params: timed }, (answer) => {
      if (!answer.ok) {
        if (answer.kind === "refused") {
          this.say(answer.error, "warn");
          if (item) this.select(item);
        } else this.fail(answer.error, { doc_id: doc, op, params: timed, type: "do" }, item);
        return;
      }
      if (answer.doc_id === this.view.doc.doc_id) this.update(answer);
      this.say(`${title ? title + "　" : ""}保存済み #${answer.n_events}`, "good");
      if (then) then(answer);
    });
  }

  fail(text, message, item) {
    this.blocked = { text: `保存失敗: ${text}`, message, seq: message.seq };
    this.root.classList.add("sr-blocked");
    this.say(this.blocked.text, "bad", true);
    if (item) this.select(item);
  }

  retry() {
    const { message } = this.blocked;
    this.unblock();
    if (message.seq && this.waiting.has(message.seq)) {
      // the same message again: Python answers it once, however often it comes
      const wait = this.waiting.get(message.seq);
      wait.timer = setTimeout(() => this.late(message), this.patience);
      this.say("保存中…", "busy");
      this.model.send(message);
    } else this.do(message.op, message.params);
  }

  unblock() {
    this.blocked = null;
    this.root.classList.remove("sr-blocked");
  }

  // ---- state

  show(view) {
    this.theme();
    this.view = view;
    this.points = new Points(view.doc.text);
    this.items = new Map(view.items.map((item) => [item.id, item]));
    this.layers = new Map(view.layers.map((layer) => [layer.name, layer]));
    this.labelJa = new Map(view.layers.flatMap((layer) => layer.labels.map((l) => [l.name, l.ja])));
    this.progress = new Map(view.progress.map((line) => [line.doc_id, line]));
    this.addLayer = this.layers.has(this.addLayer) ? this.addLayer : view.layers[0].name;
    this.draft = null;
    this.editing = false;
    this.drawDocs();
    this.drawFilters();
    this.drawText();
    this.drawList();
    const first = this.firstPending() || this.visible()[0];
    this.select(first ? first.id : null, { quiet: true });
    this.drawProgress();
    this.drawNotes(view.notes);
    if (view.read_only) this.say(view.read_only, "bad");
    else this.say(view.n_events ? `再開しました　保存済み #${view.n_events}` : "準備できました", "good");
  }

  update(answer) {
    const moved = answer.gone.length > 0 || answer.items.some((item) => {
      const old = this.items.get(item.id);
      return !old || old.start !== item.start || old.end !== item.end || old.label !== item.label ||
        old.rejected !== item.rejected;
    });
    for (const id of answer.gone) this.items.delete(id);
    for (const item of answer.items) this.items.set(item.id, item);
    this.view.pending = answer.pending;
    this.view.certified = answer.certified;
    this.view.n_events = answer.n_events;
    this.progress.set(answer.line.doc_id, answer.line);
    if (this.sel && !this.items.has(this.sel)) this.sel = null;
    if (moved) this.drawText();
    else for (const item of answer.items) this.paint(item);
    this.drawList();
    this.drawProgress();
    if (this.mode === "queue") this.drawCard();
    if (!this.editing) this.drawDetail();
    this.mark();
  }

  visible() {
    return [...this.items.values()]
      .filter((item) => !this.hidden.has(item.layer) && this.passes(item))
      .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  }

  passes(item) {
    if (this.filter === "pending") return this.isPending(item) || item.id === this.sel;
    if (this.filter === "flagged") return item.flagged || item.note;
    if (this.filter === "rejected") return item.rejected;
    if (this.filter === "added") return item.added || item.changed;
    return true;
  }

  isPending(item) { return this.view.pending.includes(item.id); }

  firstPending() {
    const set = new Set(this.view.pending);
    return this.visible().find((item) => set.has(item.id) && !this.skipped.has(item.id)) ||
      this.visible().find((item) => set.has(item.id));
  }

  get current() { return this.sel ? this.items.get(this.sel) : null; }

  surface(item) { return this.points.slice(item.start, item.end).replace(/\s*\n\s*/g, ""); }

  // ---- moving

  select(id, { quiet = false } = {}) {
    const changed = id !== this.sel;
    this.sel = id;
    if (changed) {
      this.since = performance.now();
      this.editing = false;
    }
    this.draft = null;
    this.mark();
    this.drawDetail();
    if (this.mode === "queue") this.drawCard();
    const item = this.current;
    if (item && !quiet) this.tell(`${this.surface(item)}、${this.labelJa.get(item.label)}、${STATUS[item.status][1]}`);
  }

  step(by) {
    if (this.mode === "queue") return this.stepQueue(by);
    const list = this.visible();
    if (!list.length) return;
    const at = list.findIndex((item) => item.id === this.sel);
    this.select(list[Math.min(list.length - 1, Math.max(0, at + by))].id);
  }

  /** Go on to what is to be decided next; `from` was just decided, though its answer may be on the way. */
  next(from) {
    if (this.mode === "queue") return this.nextInQueue(from);
    const list = this.visible();
    const pending = new Set(this.view.pending);
    pending.delete(from);
    const at = list.findIndex((item) => item.id === from);
    const after = [...list.slice(at + 1), ...list.slice(0, at)];
    const going = after.find((item) => pending.has(item.id) && !this.skipped.has(item.id) && !this.inFlight(item.id));
    if (going) this.select(going.id);
    else this.say("この文書に未確認の注釈は残っていません。d で文書を完了できます", "good");
  }

  inFlight(id) {
    for (const { message } of this.waiting.values()) {
      if (message.type === "do" && message.params && message.params.span_id === id) return true;
    }
    return false;
  }

  // ---- decisions

  act(name) {
    const item = this.current;
    if (name === "undo") return this.do("undo", {}, { title: "元に戻しました" });
    if (name === "done") return this.askDone();
    if (!item) return this.say("注釈が選ばれていません", "warn");
    const id = item.id;
    const word = this.surface(item);
    if (name === "accept" || name === "reject") {
      this.do(name, { span_id: id }, { item: id, title: `「${word}」${name === "accept" ? "承認" : "却下"}` });
      this.next(id);
    } else if (name === "accept_same" || name === "reject_same") {
      this.do(name, { span_id: id }, {
        item: id,
        then: (answer) => {
          this.say(`「${word}」${answer.ops.length}件を${name === "accept_same" ? "承認" : "却下"}　保存済み #${answer.n_events}`, "good");
          if (this.mode === "queue") this.loadQueue();
          else this.next(id);
        },
      });
    } else if (name === "skip") {
      this.skipped.add(id);
      this.next(id);
    } else if (name === "flag") {
      this.do("flag", { span_id: id }, { item: id, title: item.flagged ? "印を外しました" : "要確認" });
    } else if (name === "remove") {
      this.do("remove", { span_id: id }, { item: id, title: `「${word}」削除` });
    } else if (name === "edit") this.edit();
    else if (name === "comment") this.askComment();
  }

  label(name) {
    if (this.draft) {
      const { start, end } = this.draft;
      const layer = this.addLayer;
      const word = this.points.slice(start, end);
      this.do("add", { layer, label: name, start, end }, {
        title: `「${word}」${this.labelJa.get(name)} を追加`,
        then: (answer) => {
          const added = answer.items.find((i) => i.start === start && i.end === end && i.label === name);
          this.clearSelection();
          if (added) this.select(added.id, { quiet: true });
        },
      });
      return;
    }
    const item = this.current;
    if (!item) return this.say("注釈が選ばれていません", "warn");
    this.do("relabel", { span_id: item.id, label: name }, { item: item.id, title: `「${this.surface(item)}」${this.labelJa.get(name)}` });
  }

  labels() {
    const layer = this.draft ? this.addLayer : this.current ? this.current.layer : this.addLayer;
    return this.layers.get(layer).labels;
  }

  edge(side, by, byToken = this.byToken) {
    const span = this.draft || this.current;
    if (!span) return;
    let { start, end } = span;
    if (side === "start") start = this.edgeFrom(start, by, byToken, "start");
    else end = this.edgeFrom(end, by, byToken, "end");
    if (start < 0 || end > this.points.length || start >= end) return this.say("これ以上は動かせません", "warn");
    if (this.draft) {
      this.draft = { start, end };
      this.clearNative();
      this.drawDraft();
    } else {
      this.do("adjust", { span_id: span.id, start, end }, { item: span.id, title: `「${this.points.slice(start, end)}」` });
    }
  }

  edgeFrom(at, by, byToken, side) {
    if (!byToken || !this.view.tokens.length) return at + by;
    const tokens = this.view.tokens;
    const edges = [];
    for (let i = side === "start" ? 0 : 1; i < tokens.length; i += 2) edges.push(tokens[i]);
    if (by > 0) return edges.find((edge) => edge > at) ?? at + 1;
    let found = at - 1;
    for (const edge of edges) {
      if (edge >= at) break;
      found = edge;
    }
    return found;
  }

  shift(by) {
    const { start, end } = this.draft;
    const next = this.edgeFrom(start, by, true, "start");
    const moved = { start: next, end: next + end - start };
    if (moved.start < 0 || moved.end > this.points.length) return;
    this.draft = moved;
    this.clearNative();
    this.drawDraft();
  }

  newDraft() {
    const item = this.current;
    const first = this.view.tokens;
    this.draft = item ? { start: item.start, end: item.end } : { start: first[0] || 0, end: first[1] || 1 };
    if (item) this.addLayer = item.layer;
    this.clearNative();
    this.drawDraft();
    this.say("範囲を [ ] { } ← → で動かし、数字でラベルを選んで追加します", "info");
  }

  cycleLayer() {
    const names = [...this.layers.keys()];
    this.addLayer = names[(names.indexOf(this.addLayer) + 1) % names.length];
    this.drawDetail();
    this.say(`追加する層: ${this.layers.get(this.addLayer).ja}`, "info");
  }

  askDone() {
    const left = this.view.pending.length;
    if (this.view.certified) {
      return this.ask("この文書は完了しています。完了を取り消しますか。", [
        ["取り消す", () => this.do("reopen", {}, { title: "完了を取り消しました" })],
      ]);
    }
    const certify = (rest) => this.do("done", { accept_rest: rest }, {
      title: "文書を完了しました",
      then: () => { if (this.mode === "queue") this.loadQueue(); },
    });
    if (!left) {
      return this.ask("漏れも誤りもないことを確認して、この文書を完了しますか。", [["完了する", () => certify(false)]]);
    }
    this.ask(`未確認の注釈が ${left} 件あります。すべて承認して完了しますか。`, [
      [`${left} 件を承認して完了`, () => certify(true)],
    ]);
  }

  ask(question, choices) {
    const close = () => { this.askBox.replaceChildren(); this.askBox.hidden = true; this.root.focus(); };
    this.askClose = close;
    const buttons = choices.map(([text, run]) => this.button(text, () => { close(); run(); }, "sr-primary"));
    this.askBox.replaceChildren(el("p", {}, question), ...buttons, this.button("やめる (Esc)", close));
    this.askBox.hidden = false;
    buttons[0].focus();
  }

  askComment() {
    const item = this.current;
    const box = el("textarea", { class: "sr-comment", rows: 2, "aria-label": "コメント", placeholder: "コメントを書いて Enter で保存(改行は Shift+Enter)" });
    const save = () => {
      const comment = box.value.trim();
      if (!comment) return;
      this.editing = false;
      this.do("comment", { span_id: item.id, comment }, { item: item.id, title: "コメント" });
      this.root.focus();
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        save();
      }
    });
    this.editing = true;
    this.drawDetail(el("div", { class: "sr-form" }, box, el("div", { class: "sr-row sr-foot" },
      this.button("コメントを保存 (Enter)", save, "sr-primary"), this.button("やめる (Esc)", () => this.stopEditing()))));
    box.focus();
  }

  edit() {
    const item = this.current;
    const layer = this.layers.get(item.layer);
    const changed = {};
    const message = el("p", { class: "sr-check", role: "alert" });
    const save = this.button("保存 (Enter)", () => submit(), "sr-primary");
    let timer = 0;
    let asked = 0;
    let bad = false;
    const check = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const mine = ++asked;
        this.send({ type: "check", doc_id: this.view.doc.doc_id, span_id: item.id, values: changed }, (answer) => {
          if (mine !== asked) return;
          bad = !answer.ok;
          save.disabled = bad;
          message.textContent = answer.ok ? answer.says || "" : answer.error;
          message.className = answer.ok ? "sr-check sr-fine" : "sr-check sr-wrong";
        });
      }, 100);
    };
    const submit = () => {
      if (bad) return;
      this.editing = false;
      this.do("set_value", { span_id: item.id, values: changed }, { item: item.id, title: "値を保存" });
      this.root.focus();
    };
    const rows = layer.fields.map((field) => field.stretch
      ? this.stretchField(item, field, changed, check)
      : this.valueField(item, field, changed, check));
    if (!rows.length) return this.say("この層に編集できる値はありません", "warn");
    const form = el("form", { class: "sr-form", onsubmit: (event) => { event.preventDefault(); submit(); } },
      ...rows, message, el("div", { class: "sr-row sr-foot" }, save, this.button("やめる (Esc)", () => this.stopEditing())));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
      else if (event.key === "Enter" && event.target.tagName !== "BUTTON") { event.preventDefault(); submit(); }
    });
    this.editing = true;
    this.drawDetail(form);
    this.mark();
    const input = form.querySelector("input, select");
    if (input) { input.focus(); if (input.select) input.select(); }
    check();
  }

  valueField(item, field, changed, check) {
    const id = `${this.client}-${field.name}`;
    const value = item.fields[field.name] ?? "";
    const input = field.choices.length
      ? el("select", { id, "data-field": field.name }, ...[{ name: "", ja: "(空)" }, ...field.choices].map(({ name, ja }) =>
        el("option", { value: name, selected: name === value }, name && ja ? `${ja}（${name}）` : name || ja)))
      : el("input", { id, value, autocomplete: "off", spellcheck: "false", "data-field": field.name });
    input.addEventListener("input", () => { changed[field.name] = input.value; check(); });
    return el("label", { class: "sr-field", for: id }, el("span", {}, field.title), input);
  }

  stretchField(item, field, changed, check) {
    const shown = el("output", { "data-field": field.name }, item.fields[`${field.name}_text`] || "(なし)");
    const set = (text, start, end) => {
      Object.assign(changed, { [`${field.name}_text`]: text, [`${field.name}_start`]: start, [`${field.name}_end`]: end });
      shown.textContent = text || "(なし)";
      check();
    };
    const take = this.button("選択範囲にする", () => {
      if (!this.draft) return this.say("本文の範囲を選択してから押してください", "warn");
      const { start, end } = this.draft;
      set(this.points.slice(start, end).replace(/\s*\n\s*/g, ""), String(start), String(end));
    });
    return el("div", { class: "sr-field" }, el("span", {}, field.title), shown,
      el("div", { class: "sr-row" }, take, this.button("消す", () => set("", "", ""))));
  }

  stopEditing() {
    this.editing = false;
    this.drawDetail();
    this.root.focus();
  }

  // ---- queue

  setMode(mode) {
    if (mode === this.mode) return;
    this.mode = mode;
    this.root.classList.toggle("sr-queue", mode === "queue");
    this.modeDoc.setAttribute("aria-pressed", mode === "doc");
    this.modeQueue.setAttribute("aria-pressed", mode === "queue");
    if (mode === "queue") this.loadQueue();
    else this.select(this.sel);
  }

  loadQueue() {
    this.send({ type: "queue", doc_id: this.scope.value === "doc" ? this.view.doc.doc_id : "" }, (answer) => {
      if (answer.type !== "queue") return this.say(answer.error, "bad");
      this.queue = answer.queue.filter((c) => !this.inFlight(c.id));
      this.total = this.queue.length;
      this.at = -1;
      this.nextInQueue(null);
    });
  }

  nextInQueue(from) {
    if (from) this.queue = this.queue.filter((c) => c.id !== from || this.skipped.has(from));
    if (from && !this.skipped.has(from)) this.at -= 1;
    this.stepQueue(1);
  }

  stepQueue(by) {
    this.at = Math.min(this.queue.length - 1, Math.max(0, this.at + by));
    const candidate = this.queue[this.at];
    if (!candidate) {
      this.sel = null;
      this.drawCard();
      this.drawDetail();
      return this.say("キューは空です", "good");
    }
    if (candidate.doc_id === this.view.doc.doc_id) return this.select(candidate.id);
    this.hello(candidate.doc_id, () => this.select(candidate.id));
  }

  drawCard() {
    const item = this.current;
    const candidate = this.queue.find((c) => c.id === this.sel);
    if (!item) return this.card.replaceChildren(el("p", { class: "sr-empty" }, "未確認の注釈はありません。"));
    const tone = this.tone(item);
    const text = (from, to) => this.points.slice(from, to).replace(/\s*\n\s*/g, " ");
    this.card.replaceChildren(
      el("p", { class: "sr-where" }, `${this.view.doc.title || this.view.doc.doc_id}　${this.queue.length ? `${this.at + 1} / ${this.queue.length}` : ""}`),
      candidate && candidate.reason ? el("p", { class: "sr-reason" }, candidate.reason) : null,
      el("p", { class: "sr-kwic" }, el("span", {}, text(item.start - AROUND, item.start)),
        el("mark", { style: `--tone:${tone}` }, text(item.start, item.end)),
        el("span", {}, text(item.end, item.end + AROUND))),
      el("p", { class: "sr-says" }, this.chip(item), ` ${item.value}`),
    );
  }

  // ---- drawing

  build(host) {
    this.status = el("span", { class: "sr-status", role: "status", "aria-live": "polite" });
    this.aloud = el("span", { class: "sr-aloud", role: "status", "aria-live": "polite" });
    this.retryButton = this.button("再試行", () => this.retry(), "sr-retry");
    this.docs = el("select", { class: "sr-docs", "aria-label": "文書", onchange: () => this.hello(this.docs.value, () => this.mode === "queue" && this.loadQueue()) });
    this.modeDoc = this.button("文書", () => this.setMode("doc"));
    this.modeQueue = this.button("キュー", () => this.setMode("queue"));
    this.modeDoc.setAttribute("aria-pressed", "true");
    this.modeQueue.setAttribute("aria-pressed", "false");
    this.scope = el("select", { class: "sr-scope", "aria-label": "キューの範囲", onchange: () => this.loadQueue() },
      el("option", { value: "doc" }, "この文書"), el("option", { value: "all" }, "全文書"));
    this.bar = el("span", { class: "sr-bar" }, el("i", {}));
    this.count = el("span", { class: "sr-count" });
    this.who = el("span", { class: "sr-who" });
    this.filters = el("div", { class: "sr-filters" });
    this.noteBox = el("div", { class: "sr-notes", hidden: true });
    this.body = el("div", { class: "sr-body", lang: "ja" });
    this.text = el("div", { class: "sr-text", tabindex: "-1", "aria-label": "本文" }, this.body);
    this.card = el("div", { class: "sr-card" });
    this.list = el("div", { class: "sr-list", role: "listbox", "aria-label": "注釈" });
    this.detail = el("div", { class: "sr-detail" });
    this.askBox = el("div", { class: "sr-ask", role: "alertdialog", hidden: true });
    this.helpBox = el("div", { class: "sr-help", role: "dialog", "aria-label": "キーの一覧", hidden: true },
      el("div", { class: "sr-row" }, el("h3", {}, "キーの一覧"), this.button("閉じる (Esc)", () => this.toggleHelp(false))),
      el("dl", {}, ...HELP.map(([keys, what]) => el("div", {}, el("dt", {}, keys), el("dd", {}, what)))));
    this.actions = el("div", { class: "sr-actions", role: "toolbar", "aria-label": "操作" },
      ...ACTIONS.map(([name, key, title]) => this.keyButton(title, key, () => this.act(name), name)),
      el("span", { class: "sr-gap" }),
      ...EDGES.map(([key, title, side, by]) => {
        const button = this.keyButton(title, key, (event) => this.edge(side, by, event.shiftKey || this.byToken), `edge${key}`);
        button.classList.add("sr-edge");
        return button;
      }),
      (this.unit = this.keyButton("文字単位", "t", () => this.toggleUnit(), "unit")),
      this.keyButton("範囲", "n", () => this.newDraft(), "draft"),
      this.keyButton("削除", "Del", () => this.act("remove"), "remove"));
    this.actions.children[1].after(this.keyButton("同じ語句も", "Shift+A", () => this.act("accept_same"), "same"));
    this.root = el("div", {
      class: "sr", tabindex: "0", lang: "ja", "data-lm-suppress-shortcuts": "true",
      "aria-label": "注釈のレビュー", style: `height:${this.model.get("height") || 680}px`,
      onkeydown: (event) => this.key(event),
    },
    el("div", { class: "sr-top" },
      this.button("◀", () => this.otherDoc(-1), "sr-small", "前の文書"), this.docs,
      this.button("▶", () => this.otherDoc(1), "sr-small", "次の文書"),
      el("span", { class: "sr-modes" }, this.modeDoc, this.modeQueue), this.scope,
      this.bar, this.count, this.who, el("span", { class: "sr-gap" }), this.status, this.retryButton,
      this.button("?", () => this.toggleHelp(), "sr-small", "ヘルプ")),
    this.filters, this.noteBox,
    el("div", { class: "sr-main" },
      el("div", { class: "sr-left" }, this.card, this.text),
      el("div", { class: "sr-side" }, this.list, this.detail)),
    this.actions, this.askBox, this.helpBox, this.aloud);
    this.text.addEventListener("click", (event) => this.click(event));
    // a press on a button must not take the selection of the text away
    this.root.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
    host.append(this.root);
  }

  button(text, run, kind = "", title = "") {
    return el("button", { type: "button", class: `sr-button ${kind}`, title: title || null, "aria-label": title || null, onclick: run }, text);
  }

  keyButton(title, key, run, name) {
    const button = el("button", { type: "button", class: "sr-button sr-key", "data-action": name, title: `${title} (${key})`,
      onclick: (event) => { run(event); if (!this.editing && this.askBox.hidden) this.root.focus(); } },
    el("span", {}, title), el("kbd", {}, key));
    return button;
  }

  tone(item) { return item.layer === "entity" ? HUES[item.label] || TONES.entity : TONES[item.layer]; }

  chip(item) {
    return el("span", { class: "sr-chip", style: `--tone:${this.tone(item)}` }, this.labelJa.get(item.label) || item.label);
  }

  drawDocs() {
    this.docs.replaceChildren(...[...this.progress.values()].map((line) => el("option", {
      value: line.doc_id, selected: line.doc_id === this.view.doc.doc_id,
    }, `${line.certified ? "✓ " : ""}${(line.title || line.doc_id).slice(0, 40)}（${line.decided}/${line.total}）`)));
    this.who.textContent = `${this.view.reviewer}${this.view.blind ? "（ブラインド）" : ""}`;
  }

  drawFilters() {
    const chips = this.view.layers.map((layer) => {
      const count = [...this.items.values()].filter((item) => item.layer === layer.name).length;
      return el("button", { type: "button", class: "sr-toggle", "aria-pressed": !this.hidden.has(layer.name), "data-layer": layer.name,
        style: `--tone:${TONES[layer.name]}`, onclick: () => this.toggleLayer(layer.name) }, `${layer.ja} ${count}`);
    });
    const filter = el("select", { class: "sr-filter", "aria-label": "表示", onchange: (event) => {
      this.filter = event.target.value;
      this.drawText();
      this.drawList();
      this.mark();
    } }, ...[["all", "すべて"], ["pending", "未確認"], ["flagged", "要確認"], ["rejected", "却下"], ["added", "追加・修正"]]
      .map(([value, text]) => el("option", { value, selected: value === this.filter }, text)));
    this.filters.replaceChildren(...chips, el("span", { class: "sr-gap" }), el("label", {}, "表示 ", filter));
  }

  toggleLayer(name) {
    if (this.hidden.has(name)) this.hidden.delete(name);
    else this.hidden.add(name);
    this.drawFilters();
    this.drawText();
    this.drawList();
    this.mark();
  }

  drawProgress() {
    const line = this.progress.get(this.view.doc.doc_id);
    const share = line.total ? line.decided / line.total : 1;
    this.bar.firstChild.style.width = `${(100 * share).toFixed(1)}%`;
    this.bar.title = `${line.decided} / ${line.total}`;
    const done = [...this.progress.values()].filter((one) => one.certified).length;
    this.count.textContent = `確認 ${line.decided}/${line.total}　完了 ${done}/${this.progress.size} 文書`;
    this.root.classList.toggle("sr-certified", this.view.certified);
    const button = this.actions.querySelector('[data-action="done"] span');
    button.textContent = this.view.certified ? "完了済み" : "文書完了";
    this.drawDocs();
    this.drawFilters();
  }

  drawNotes(notes) {
    this.noteBox.hidden = !notes.length;
    this.noteBox.replaceChildren(...notes.map((note) => el("p", {}, note)));
  }

  /** The text with an underline for every span, nested ones in lanes below each other. */
  drawText() {
    const items = this.visible().filter((item) => !item.rejected || this.filter === "rejected" || item.id === this.sel);
    const lanes = this.lanes(items);
    const depth = Math.max(1, ...lanes.values()) + 1;
    this.laneOf = lanes;
    this.depth = depth;
    this.segments = new Map();
    this.nodes = new WeakMap();
    const starts = new Map();
    const ends = new Map();
    for (const item of items) {
      (starts.get(item.start) || starts.set(item.start, []).get(item.start)).push(item);
      (ends.get(item.end) || ends.set(item.end, []).get(item.end)).push(item);
    }
    const cuts = [...new Set([0, ...starts.keys(), ...ends.keys(), this.points.length])].sort((a, b) => a - b);
    const open = new Set();
    const fragment = document.createDocumentFragment();
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [from, to] = [cuts[i], cuts[i + 1]];
      for (const item of ends.get(from) || []) open.delete(item);
      for (const item of starts.get(from) || []) open.add(item);
      const node = document.createTextNode(this.points.slice(from, to));
      this.nodes.set(node, this.points.toUnit[from]);
      if (!open.size) {
        fragment.append(node);
        continue;
      }
      const segment = el("span", { class: "sr-seg" }, node);
      segment.covers = [...open];
      segment.to = to;
      this.style(segment);
      for (const item of open) (this.segments.get(item.id) || this.segments.set(item.id, []).get(item.id)).push(segment);
      fragment.append(segment);
    }
    this.body.style.lineHeight = `calc(1.75em + ${depth * 4}px)`;
    this.body.replaceChildren(fragment);
  }

  lanes(items) {
    const lanes = new Map();
    const ends = [];
    // short spans first: the innermost line is nearest to the characters
    const busy = [];
    for (const item of [...items].sort((a, b) => (a.end - a.start) - (b.end - b.start) || a.start - b.start)) {
      let lane = 0;
      while ((busy[lane] || []).some((other) => other.start < item.end && item.start < other.end)) lane++;
      (busy[lane] = busy[lane] || []).push(item);
      lanes.set(item.id, lane);
    }
    return lanes;
  }

  style(segment) {
    const images = [];
    const places = [];
    const sizes = [];
    let tint = "";
    for (const cover of segment.covers) {
      const item = this.items.get(cover.id) || cover;
      // on a dark page the lines are lighter, see --keep
      const tone = `color-mix(in srgb, ${item.flagged ? "#d02020" : this.tone(item)} var(--keep), #fff)`;
      const lane = this.laneOf.get(item.id);
      images.push(item.rejected ? `repeating-linear-gradient(90deg,#999 0 2px,transparent 2px 5px)`
        : item.decided ? `linear-gradient(${tone},${tone})`
          : `repeating-linear-gradient(90deg,${tone} 0 5px,transparent 5px 8px)`);
      places.push(`0 calc(100% - ${(this.depth - 1 - lane) * 4}px)`);
      sizes.push(segment.to === item.end ? "calc(100% - 2px) 2px" : "100% 2px");
      if (item.layer === "agreement" && !item.rejected) tint = "rgba(196,73,11,.12)";
    }
    segment.style.backgroundImage = images.join(",");
    segment.style.backgroundPosition = places.join(",");
    segment.style.backgroundSize = sizes.join(",");
    segment.style.backgroundColor = tint;
    segment.style.paddingBottom = `${this.depth * 4}px`;
  }

  paint(item) { for (const segment of this.segments.get(item.id) || []) this.style(segment); }

  /** Show what is selected, in the text and in the list, and bring it into view. */
  mark() {
    for (const node of this.root.querySelectorAll(".sr-on")) node.classList.remove("sr-on");
    for (const node of this.list.querySelectorAll("[aria-selected=true]")) node.setAttribute("aria-selected", "false");
    const item = this.current;
    this.showStretches(item);
    if (!item) return;
    const segments = this.segments.get(item.id) || [];
    for (const segment of segments) segment.classList.add("sr-on");
    if (segments.length && this.mode === "doc") this.reveal(this.text, segments[0]);
    const row = this.rows.get(item.id);
    if (row) {
      row.setAttribute("aria-selected", "true");
      row.classList.add("sr-on");
      this.reveal(this.list, row);
    }
  }

  /** Paint who acts and what about behind the text, while an act is selected. */
  showStretches(item) {
    if (typeof Highlight !== "function" || !CSS.highlights) return;
    for (const name of ["actor", "object"]) {
      const [start, end] = ["start", "end"].map((edge) => Number((item && item.fields[`${name}_${edge}`]) || 0));
      if (end > start && end <= this.points.length) CSS.highlights.set(`sr-${name}`, new Highlight(this.rangeOf({ start, end })));
      else CSS.highlights.delete(`sr-${name}`);
    }
  }

  /** Scroll `box`, and nothing around it, so that `node` is seen. */
  reveal(box, node) {
    const [outer, inner] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
    if (inner.top < outer.top + 8) box.scrollTop += inner.top - outer.top - outer.height / 3;
    else if (inner.bottom > outer.bottom - 24) box.scrollTop += inner.bottom - outer.bottom + outer.height / 3;
  }

  drawList() {
    this.rows = new Map();
    const rows = this.visible().map((item) => {
      const [sign, word] = STATUS[item.status];
      const row = el("div", { class: `sr-item sr-is-${item.status}`, role: "option", "aria-selected": "false",
        onclick: () => { this.select(item.id); this.root.focus(); } },
      el("span", { class: "sr-sign", title: word }, item.added ? "＋" : sign),
      el("span", { class: "sr-word" }, this.surface(item)), this.chip(item),
      el("span", { class: "sr-value" }, item.layer === "agreement" ? item.fields.actor_text || "" : item.value));
      this.rows.set(item.id, row);
      return row;
    });
    this.list.replaceChildren(...(rows.length ? rows : [el("p", { class: "sr-empty" }, this.view.blind ? "ブラインド: 本文を選択し、数字でラベルを選んでください。" : "表示する注釈はありません。")]));
  }

  drawDetail(form) {
    const item = this.current;
    const labels = this.labels().map((label, index) => el("button", {
      type: "button", class: "sr-label", "data-label": label.name, title: label.name,
      "aria-pressed": !this.draft && item ? item.label === label.name : false,
      style: `--tone:${this.tone({ layer: this.draft ? this.addLayer : item ? item.layer : this.addLayer, label: label.name })}`,
      onclick: () => { this.label(label.name); this.root.focus(); },
    }, index < 9 ? el("kbd", {}, String(index + 1)) : null, label.ja));
    const grid = el("div", { class: "sr-labels" }, ...labels);
    if (this.draft) {
      const word = this.points.slice(this.draft.start, this.draft.end);
      const layers = [...this.layers.values()].map((layer) => el("button", {
        type: "button", class: "sr-toggle", "aria-pressed": layer.name === this.addLayer, style: `--tone:${TONES[layer.name]}`,
        onclick: () => { this.addLayer = layer.name; this.drawDetail(form); },
      }, layer.ja));
      const head = [el("h3", {}, `追加: ${word.length > 60 ? word.slice(0, 60) + "…" : word}`),
        el("p", { class: "sr-meta" }, `${this.draft.start}–${this.draft.end}　数字でラベルを選ぶと追加します（l で層を切り替え）`),
        el("div", { class: "sr-row" }, ...layers), grid];
      return this.detail.replaceChildren(...(this.editing && this.form ? [...head.slice(0, 2), this.form] : head));
    }
    if (!item) {
      this.form = null;
      return this.detail.replaceChildren(el("p", { class: "sr-empty" }, "本文をクリックするか j で注釈を選びます。本文を選択して数字を押すと追加します。"));
    }
    this.form = this.editing ? form || this.form : null;
    this.root.classList.toggle("sr-editing", this.form !== null);
    const facts = Object.entries(item.fields)
      .filter(([name, value]) => value && !/_(start|end)$/.test(name))
      .map(([name, value]) => el("div", {}, el("dt", {}, /^(actor|object)_text$/.test(name) ? el("i", { class: `sr-legend sr-of-${name.split("_")[0]}` }) : null,
        this.fieldTitle(item.layer, name)), el("dd", {}, this.choiceJa(item.layer, name, value))));
    this.detail.replaceChildren(...[
      el("h3", {}, el("span", { class: `sr-sign sr-is-${item.status}` }, STATUS[item.status][0]), ` ${this.surface(item)} `, this.chip(item)),
      el("p", { class: "sr-meta" }, [`${item.start}–${item.end}`, SOURCE[item.source], item.rule,
        item.machine && item.machine !== item.label ? `元は ${this.labelJa.get(item.machine)}` : ""].filter(Boolean).join("　")),
      item.note ? el("p", { class: "sr-note" }, `不一致 ${item.note}`) : null,
      this.form || el("dl", { class: "sr-facts" }, ...facts),
      ...item.comments.map((comment) => el("p", { class: "sr-said" }, el("b", {}, "コメント"), ` ${comment}`)),
      this.form ? null : grid,
    ].filter(Boolean));
  }

  choiceJa(layer, name, value) {
    const field = this.layers.get(layer).fields.find((f) => f.name === name);
    const choice = field && field.choices.find((c) => c.name === value);
    return choice && choice.ja ? choice.ja : value;
  }

  fieldTitle(layer, name) {
    const field = this.layers.get(layer).fields.find((f) => f.name === name || `${f.name}_text` === name);
    return field ? field.title : name;
  }

  drawDraft() {
    this.drawDetail();
    for (const node of this.body.querySelectorAll(".sr-draft")) node.classList.remove("sr-draft");
    if (typeof Highlight === "function" && CSS.highlights) {
      const range = this.rangeOf(this.draft);
      CSS.highlights.set("sr-draft", new Highlight(range));
      const box = range.getBoundingClientRect();
      this.reveal(this.text, { getBoundingClientRect: () => box });
    }
    this.tell(`範囲 ${this.points.slice(this.draft.start, this.draft.end)}`);
  }

  rangeOf({ start, end }) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.body, NodeFilter.SHOW_TEXT);
    const [from, to] = [this.points.toUnit[start], this.points.toUnit[end]];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = this.nodes.get(node);
      const last = at + node.data.length;
      if (at <= from && from < last) range.setStart(node, from - at);
      if (at < to && to <= last) { range.setEnd(node, to - at); break; }
    }
    return range;
  }

  // ---- selection

  nativeRange() {
    const home = this.root.getRootNode();
    if (home instanceof ShadowRoot) {
      if (home.getSelection) { // Chromium
        const inner = home.getSelection();
        if (inner && inner.rangeCount) return inner.getRangeAt(0);
      }
      const outer = document.getSelection();
      if (outer && outer.getComposedRanges) { // Firefox, Safari
        let found = [];
        try { found = outer.getComposedRanges({ shadowRoots: [home] }); } catch { found = outer.getComposedRanges(home); }
        return found[0] || null;
      }
      return null;
    }
    const selection = document.getSelection();
    return selection && selection.rangeCount ? selection.getRangeAt(0) : null;
  }

  unitOf(node, offset) {
    if (node.nodeType === Node.TEXT_NODE) return this.nodes.has(node) ? this.nodes.get(node) + offset : null;
    if (!this.body.contains(node) && node !== this.body) return null;
    const child = node.childNodes[offset];
    if (!child) {
      const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      let last = null;
      for (let text = walker.nextNode(); text; text = walker.nextNode()) last = text;
      return last ? this.nodes.get(last) + last.data.length : 0;
    }
    const first = child.nodeType === Node.TEXT_NODE ? child : document.createTreeWalker(child, NodeFilter.SHOW_TEXT).nextNode();
    return first ? this.nodes.get(first) : null;
  }

  takeSelection() {
    if (!this.view || this.mode !== "doc") return;
    const range = this.nativeRange();
    if (!range || (range.startContainer === range.endContainer && range.startOffset === range.endOffset)) return;
    const from = this.unitOf(range.startContainer, range.startOffset);
    const to = this.unitOf(range.endContainer, range.endOffset);
    if (from == null || to == null || from >= to) return;
    let [start, end] = [this.points.at(from, false), this.points.at(to, true)];
    while (start < end && /\s/.test(this.points.slice(start, start + 1))) start++;
    while (start < end && /\s/.test(this.points.slice(end - 1, end))) end--;
    if (start >= end) return;
    this.draft = { start, end };
    this.dropHighlight();
    this.drawDetail();
  }

  clearNative() {
    const selection = document.getSelection();
    if (selection) selection.removeAllRanges();
  }

  dropHighlight() { if (CSS.highlights) CSS.highlights.delete("sr-draft"); }

  clearSelection() {
    this.draft = null;
    this.clearNative();
    this.dropHighlight();
    this.drawDetail();
  }

  click(event) {
    if (this.draft) {
      const range = this.nativeRange();
      if (range && !(range.startContainer === range.endContainer && range.startOffset === range.endOffset)) return;
      this.clearSelection();
    }
    const segment = event.target.closest(".sr-seg");
    if (!segment) return;
    const inner = segment.covers.map((cover) => cover.id).filter((id) => this.items.has(id))
      .sort((a, b) => this.laneOf.get(a) - this.laneOf.get(b));
    // a second click on the same place goes to the span around
    const at = inner.indexOf(this.sel);
    this.select(inner[(at + 1) % inner.length]);
    this.root.focus({ preventScroll: true });
  }

  // ---- keys

  key(event) {
    if (event.isComposing || event.keyCode === 229) return event.stopPropagation(); // the IME's
    const typing = event.target.closest && event.target.closest("input, textarea, select");
    const key = event.key.normalize("NFKC"); // full-width letters too
    if (key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      return this.escape();
    }
    if (typing) return event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (!this.helpBox.hidden && key !== "?") return undefined;
    if (!this.askBox.hidden || (event.target.tagName === "BUTTON" && (key === "Enter" || key === " "))) return event.stopPropagation();
    if (this.editing && this.form) return event.stopPropagation();
    if (event.target.classList.contains("sr-label") && /^Arrow/.test(key)) return this.nextLabel(event);
    const run = this.command(key);
    if (!run) return undefined;
    event.preventDefault();
    event.stopPropagation();
    run();
    return undefined;
  }

  command(key) {
    const action = ACTIONS.find(([, letter]) => letter === key);
    if (action) return () => this.act(action[0]);
    const edge = EDGES.find(([sign]) => sign === key);
    if (edge) return () => this.edge(edge[2], edge[3]);
    if (/^[1-9]$/.test(key)) {
      return () => {
        const label = this.labels()[Number(key) - 1];
        if (label) this.label(label.name);
        else this.say(`${key} 番のラベルはありません`, "warn");
      };
    }
    return {
      j: () => this.step(1), ArrowDown: () => this.step(1), k: () => this.step(-1), ArrowUp: () => this.step(-1),
      ArrowRight: () => (this.draft ? this.shift(1) : this.step(1)), ArrowLeft: () => (this.draft ? this.shift(-1) : this.step(-1)),
      A: () => this.act("accept_same"), X: () => this.act("reject_same"), Delete: () => this.act("remove"), Backspace: () => this.act("remove"),
      0: () => this.pickLabel(), t: () => this.toggleUnit(), n: () => this.newDraft(), l: () => this.cycleLayer(),
      q: () => this.setMode(this.mode === "doc" ? "queue" : "doc"), "?": () => this.toggleHelp(),
    }[key];
  }

  escape() {
    if (!this.helpBox.hidden) return this.toggleHelp(false);
    if (!this.askBox.hidden) return this.askClose();
    if (this.editing) return this.stopEditing();
    if (this.draft) return this.clearSelection();
    return this.root.focus();
  }

  pickLabel() {
    const pressed = this.detail.querySelector(".sr-label[aria-pressed=true]") || this.detail.querySelector(".sr-label");
    if (pressed) pressed.focus();
  }

  nextLabel(event) {
    event.preventDefault();
    event.stopPropagation();
    const by = event.key === "ArrowRight" || event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
    const next = event.target[by];
    if (next) next.focus();
  }

  toggleUnit() {
    this.byToken = !this.byToken;
    this.unit.querySelector("span").textContent = this.byToken ? "語単位" : "文字単位";
    this.say(this.byToken ? "端を語の単位で動かします" : "端を文字の単位で動かします", "info");
  }

  toggleHelp(open = this.helpBox.hidden) {
    this.helpBox.hidden = !open;
    if (open) this.helpBox.querySelector("button").focus();
    else this.root.focus();
  }

  otherDoc(by) {
    const ids = [...this.progress.keys()];
    const id = ids[ids.indexOf(this.view.doc.doc_id) + by];
    if (id) this.hello(id, () => this.mode === "queue" && this.loadQueue());
    else this.say(by > 0 ? "最後の文書です" : "最初の文書です", "info");
  }

  // ---- words

  say(text, kind, retry = false) {
    this.status.textContent = text;
    this.status.className = `sr-status sr-${kind}`;
    retry = retry || this.blocked !== null;
    this.retryButton.hidden = !retry;
    this.retryButton.style.display = retry ? "" : "none";
  }

  tell(text) { this.aloud.textContent = text; }
}

function render({ model, el: host }) {
  const screen = new Screen(model, host);
  host.seimeibunScreen = screen;
  return () => screen.destroy();
}

export default { render };
