// The API reference, signed in with the sandbox's account.
"use strict";

async function start() {
  const account = await (await fetch("/__sandbox/account")).json();
  const viewer = SwaggerUIBundle({
    url: "/__sandbox/explorer/openapi.json",
    domNode: document.getElementById("reference"),
    deepLinking: true,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    filter: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    validatorUrl: null,
    onComplete: () => {
      viewer.preauthorizeBasic("basicAuth", account.user, account.password);
      if (account.subscription_key) {
        viewer.preauthorizeApiKey("subscriptionKey", account.subscription_key);
      }
      document.body.dataset.ready = "true";
    },
  });
}

start();
