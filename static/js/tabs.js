// On a phone the tabs are one line that moves sideways: the page one is on comes into sight.

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
