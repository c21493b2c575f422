// Passkeys: when such a form is sent, the device is asked first, and what it answers is sent. A form that only sends
// a passkey is hidden where there is none to be had: a browser without scripts, or too old.

const fromText = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (list) => (list || []).map((each) => ({ ...each, id: fromText(each.id) }));

function create({ publicKey }) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      user: { ...publicKey.user, id: fromText(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
}

function get({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: fromText(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
}

function written(credential) {
  const response = {};
  for (const name of ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  if (response.attestationObject) delete response.authenticatorData; // it is inside
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function ask(form) {
  const sentence = document.querySelector("[data-passkey-failed]");
  const button = form.querySelector("button[type=submit]");
  sentence.hidden = true;
  button.disabled = true;
  try {
    const options = await optionsOf(form);
    const credential = await (form.dataset.passkey === "create" ? create : get)(options);
    form.elements.credential.value = written(credential);
    HTMLFormElement.prototype.submit.call(form);
  } catch (error) {
    const isThere = error.name === "InvalidStateError" && form.dataset.passkey === "create";
    sentence.textContent = isThere ? sentence.dataset.there : sentence.dataset.passkeyFailed;
    sentence.hidden = false;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  form.closest("[data-passkey-only]")?.removeAttribute("hidden");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // what it was to sign is used up
});
