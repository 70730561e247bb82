/** Why a signed model is not taken. The message is for whoever runs the application, and holds nothing of the model's text. */
export class Refused extends Error {
  override readonly name = "Refused";
}
