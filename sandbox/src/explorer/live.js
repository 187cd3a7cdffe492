// Requests as they arrive, and the active fault rules.
"use strict";

const KEPT = 300;
const EVERY_MS = 500;

const at = (id) => document.getElementById(id);
const requests = new Map();
let latest = 0;

// Calls the control plane; an error message is shown on the page.
async function control(method, path, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch("/__sandbox" + path, { method, body: text });
  const content = await response.json();
  at("problem").textContent = response.ok ? "" : content.message;
  return response.ok ? content : undefined;
}

function cell(row, text, name) {
  const made = row.insertCell();
  made.textContent = text;
  if (name) made.className = name;
}

function show(request) {
  const row = document.createElement("tr");
  row.dataset.number = request.number;
  if (request.fault) row.className = "hit";
  const query = request.query.map(([name, value]) => name + "=" + value).join("&");
  cell(row, request.number);
  cell(row, request.at_ms);
  cell(row, request.method + " " + request.path + (query ? "?" + query : ""), "target");
  const status = request.status === null ? "none" : String(request.status);
  const good = request.status !== null && request.status < 400;
  cell(row, request.fault ? status + ", " + request.fault : status, good ? "" : "bad");
  cell(row, request.executed ? "yes" : "no");
  at("requests").prepend(row);
  requests.set(request.number, row);
  const oldest = requests.keys().next().value;
  if (requests.size > KEPT) {
    requests.get(oldest).remove();
    requests.delete(oldest);
  }
}

function forget() {
  requests.clear();
  at("requests").replaceChildren();
}

async function poll() {
  try {
    const response = await fetch("/__sandbox/log?limit=" + KEPT + "&after=" + latest);
    const log = await response.json();
    for (const request of log.requests) {
      latest = Math.max(latest, request.number);
      show(request);
    }
    at("state").textContent = latest + " requests so far";
  } catch {
    at("state").textContent = "The sandbox doesn't respond; start it again.";
  }
  setTimeout(poll, EVERY_MS);
}

function rule(values) {
  const made = { fault: JSON.parse(values.get("kind")) };
  if (values.get("operation")) made.operation = values.get("operation");
  if (values.get("calls")) made.calls = values.get("calls").split(",").map(Number);
  if (values.get("chance")) made.chance = Number(values.get("chance"));
  if (values.get("executed")) made.executed = values.get("executed") === "true";
  return made;
}

function list(faults) {
  at("faults").replaceChildren(...faults.rules.map((one, index) => {
    const item = document.createElement("li");
    const text = document.createElement("code");
    text.textContent = JSON.stringify(one);
    const remove = document.createElement("button");
    remove.textContent = "Remove";
    remove.addEventListener("click", async () => {
      const rules = faults.rules.filter((_, other) => other !== index);
      const left = await control("PUT", "/faults", { ...faults, rules });
      if (left) list(left);
    });
    item.append(text, " ", remove);
    return item;
  }));
}

async function start() {
  const index = await control("GET", "/");
  at("add").elements.kind.append(...index.faults.map((fault) => {
    const option = new Option(fault.kind, JSON.stringify(fault));
    return option;
  }));
  at("operations").append(...index.operations.map((name) => new Option(name)));
  list(await control("GET", "/faults"));

  at("add").addEventListener("submit", async (event) => {
    event.preventDefault();
    const faults = await control("GET", "/faults");
    faults.rules.push(rule(new FormData(at("add"))));
    const now = await control("PUT", "/faults", faults);
    if (now) list(now);
  });
  at("clear-faults").addEventListener("click", async () => {
    await control("DELETE", "/faults");
    list({ rules: [] });
  });
  at("clear-log").addEventListener("click", async () => {
    await control("DELETE", "/log");
    forget();
  });
  at("only-hit").addEventListener("change", (event) => {
    at("requests").classList.toggle("only-hit", event.target.checked);
  });
  poll();
}

start();
