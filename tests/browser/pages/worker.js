// A module worker that verifies what it is sent.
import { VerifyCredential, verify } from "/pkg/index.js";

addEventListener("message", async ({ data }) => {
  const { headline } = await verify(data);
  postMessage([headline, typeof VerifyCredential, typeof HTMLElement]);
});
postMessage("ready");
