import { allowed, ask, begin, denied, newKey } from "./page.js";

const story = await begin(() => {});
const field = "receipts.goods";
const agreement = "It takes a grown-up who agreed to it.";
const noObjection = "It takes somebody who agreed to it, and a browser that does not object.";

story("letter", async ({ id }, button) => {
  const { denial, sent } = await ask("/api/letter", { person: id, by: button.dataset.by, key: newKey() });
  return [denial === undefined ? allowed(`In the post to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
});

story("offer", async ({ id }) => {
  const { denial, sent } = await ask("/api/offer", { person: id, key: newKey() });
  return [denial === undefined ? allowed(`Sent to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
});

story("front", async ({ id }) => {
  const { suggestions, adverts, asksNotToBeFollowed } = await ask("/api/front-page", { person: id });
  const part = (title, text, { values, withheld }) =>
    field in values ? allowed(title, `${text} ${values[field]}.`) : denied(withheld[field], title, noObjection);
  return [
    ...(asksNotToBeFollowed
      ? [allowed("A signal was heard", "This browser asks not to be followed about (Global Privacy Control).")]
      : []),
    part("Suggestions", "You may need again:", suggestions),
    part("An advert", "Chosen by:", adverts),
  ];
});
