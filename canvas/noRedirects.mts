/**
 * Option `redirect` of an HTTP Request node, with which it goes nowhere else. n8n would take a key in a
 * header of its own, such as `x-api-key`, along to any other host, whatever its option for credentials says.
 */
export const NO_REDIRECTS = { redirect: { followRedirects: false } };
