// What was sent before we asked who is there is sent on. Without this file a person presses the button.

const form = document.querySelector("form[data-go-on]");
if (form) HTMLFormElement.prototype.submit.call(form); // a field of it may be called "submit"
