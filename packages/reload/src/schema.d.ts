declare module "@scruple/model/schema" {
  const schema: import("@cfworker/json-schema").Schema;
  export default schema;
}
