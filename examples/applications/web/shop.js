import { allowed, ask, begin, denied, newKey } from "./page.js";

const field = "receipts.goods";
const agreement = "It takes a grown-up who agreed to it.";
const noObjection = "It takes somebody who agreed to it, and a browser that does not object.";

await begin({
  title: "The shop on the corner",
  about: "What it may do with what it sees its customers buy",
  people: "Customers",
  stories: {
    letter: {
      title: "Coupons in the letter box",
      text: (name) => `Others at home open the family's letters. So it matters what the coupons for ${name} go by.`,
      buttons: [
        { label: "By what is bought every week", by: "goods" },
        { label: "By the pharmacy's shelf", by: "pharmacy" },
        { label: "By who may expect a child", by: "score" },
      ],
      run: async ({ id }, { by }) => {
        const { denial, sent } = await ask("/api/letter", { person: id, by, key: newKey() });
        return [denial === undefined ? allowed(`In the post to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
      },
    },
    offer: {
      title: "An offer by email",
      text: (name) => `What ${name} often buys, at a lower price: for those who agreed, and twice a week at most.`,
      buttons: [{ label: "Send an offer" }],
      run: async ({ id }) => {
        const { denial, sent } = await ask("/api/offer", { person: id, key: newKey() });
        return [denial === undefined ? allowed(`Sent to ${sent.to}`, sent.what) : denied(denial, "", agreement)];
      },
    },
    front: {
      title: "The front page",
      text: (name) => `${name} signs in. What the page shows depends on what they agreed to, and on their browser.`,
      buttons: [{ label: "Open the front page" }],
      run: async ({ id }) => {
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
      },
    },
  },
});
