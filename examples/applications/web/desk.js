import { allowed, ask, begin, denied, newKey } from "./page.js";

const titles = { "bookings.seat_preference": "Their usual seat", "complaints.complaint": "What went wrong lately" };

const needed = "It takes something of the last twelve months, and nobody who listens.";
const agreement = "It takes a grown-up who agreed to it.";

await begin({
  title: "Gate 14 · Lisbon",
  about: "What the airline may do with what it knows",
  people: "Passengers",
  stories: {
    greet: {
      title: "The greeting",
      text: (name) => `${name} steps up. The tablet shows what may be mentioned.`,
      buttons: [{ label: "Greet" }],
      option: "Others can follow what is said",
      run: async ({ id }, { isTicked }) => {
        const { values, withheld } = await ask("/api/greet", { person: id, listening: isTicked });
        return Object.entries(titles).map(([field, title]) =>
          field in values ? allowed(title, values[field]) : denied(withheld[field], title, needed),
        );
      },
    },
    picture: {
      title: "A picture from the web",
      text: (name) => `Somebody had the idea to look for ${name}, so that the crew recognise them.`,
      buttons: [{ label: "Search for a picture" }],
      run: async ({ id }) => {
        const { denial, photo } = await ask("/api/picture", { person: id, key: newKey() });
        if (denial === undefined) return [allowed("Found", photo)];
        const { searches } = await ask("/api/searches");
        const asked =
          searches === 0 ? "The search engine was never asked." : `The search engine was asked ${searches} times.`;
        return [denied({ ...denial, because: [...denial.because, asked] })];
      },
    },
    offer: {
      title: "An offer by email",
      text: (name) => `Places like those where ${name} has been: for those who agreed, and twice a week at most.`,
      buttons: [{ label: "Send an offer" }],
      run: async ({ id }) => {
        const { denial, sent } = await ask("/api/offer", { person: id, key: newKey() });
        return [denial === undefined ? allowed(`Sent to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
      },
    },
  },
});
