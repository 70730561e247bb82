/**
 * Some customers of the shop, and what its tills printed for them.
 *
 * @param {import("../lib/clock.js").Clock} clock
 */
export function customers(clock) {
  return new Map([
    [
      "moreau",
      {
        name: "Nora Moreau",
        about: "29, buys unscented lotion lately",
        age: 29,
        email: "nora@example.org",
        address: "12 Quai des Tilleuls",
        goods: { value: "bread, soap, wool socks", since: clock.ago(6) },
        pharmacy: { value: "folic acid, a test", since: clock.ago(6) },
      },
    ],
    [
      "hale",
      {
        name: "Tom Hale",
        about: "47, comes every Saturday",
        age: 47,
        email: "tom@example.org",
        address: "3 Mill Lane",
        goods: { value: "coffee, garden twine, batteries", since: clock.ago(3) },
        pharmacy: { value: "tablets for his blood pressure", since: clock.ago(3) },
      },
    ],
    [
      "vesely",
      {
        name: "Ida Veselý",
        about: "15, buys with her family's card",
        age: 15,
        email: "ida@example.org",
        address: "12 Quai des Tilleuls",
        goods: { value: "pens, crisps", since: clock.ago(1) },
        pharmacy: { value: "cream for her skin", since: clock.ago(1) },
      },
    ],
  ]);
}
