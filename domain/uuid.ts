const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a row: a lower-case UUID (RFC 9562), of whatever version. The database refuses anything else with an error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
