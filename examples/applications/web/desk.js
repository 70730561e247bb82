import { allowed, ask, begin, denied, newKey } from "./page.js";

const titles = { "bookings.seat_preference": "Their usual seat", "complaints.complaint": "What went wrong lately" };

const needed = "It takes something of the last twelve months, and nobody who listens.";
const agreement = "It takes a grown-up who agreed to it.";

const story = await begin(() => {});

story("greet", async ({ id }) => {
  const listening = document.querySelector("#listening").checked;
  const { values, withheld } = await ask("/api/greet", { person: id, listening });
  return Object.entries(titles).map(([field, title]) =>
    field in values ? allowed(title, values[field]) : denied(withheld[field], title, needed),
  );
});

story("picture", async ({ id }) => {
  const { denial, photo } = await ask("/api/picture", { person: id, key: newKey() });
  if (denial === undefined) return [allowed("Found", photo)];
  const { searches } = await ask("/api/searches");
  const asked =
    searches === 0 ? "The search engine was never asked." : `The search engine was asked ${searches} times.`;
  return [denied({ ...denial, because: [...denial.because, asked] })];
});

story("offer", async ({ id }) => {
  const { denial, sent } = await ask("/api/offer", { person: id, key: newKey() });
  return [denial === undefined ? allowed(`Sent to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
});
