/**
 * Defines `<verify-credential>`. The only registration, so that importing the class has no effect on a page: whoever
 * wants another name, or a subclass, imports `element.js`.
 */

import { VerifyCredential } from "./element.js";

// Two copies of the package on one page: the first one stays.
if (!customElements.get("verify-credential")) customElements.define("verify-credential", VerifyCredential);
