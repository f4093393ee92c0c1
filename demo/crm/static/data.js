// The records, loaded once: moving between pages asks the server nothing.

/** @type {Record<string, any[]>} */
let records = {};

export async function load() {
  const answer = await fetch("/api/people.json");
  if (!answer.ok) throw new Error(`people.json: ${answer.status}`);
  records = await answer.json();
}

export function all(kind) {
  return records[kind];
}

export function find(kind, id) {
  return records[kind].find((record) => record.id === id);
}

/** Saves an edit; throws an Error whose message is for the person when it was refused. */
export async function save(kind, record, changes) {
  const answer = await fetch(`/api/${kind}/${record.id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(changes),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  Object.assign(record, body);
}
