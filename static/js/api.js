/* Shows the API schema; a request tried out there carries only the token that was typed in. */
(() => {
  "use strict";
  const target = document.getElementById("swagger-ui");
  window.SwaggerUIBundle({
    url: target.dataset.skema,
    domNode: target,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    defaultModelsExpandDepth: -1,
    deepLinking: false,
    validatorUrl: null,
  });
})();
