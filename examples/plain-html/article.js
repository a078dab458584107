const figure = document.querySelector("#yours");

figure.on("step", ({ endpoints }) => {
  document.querySelector("#client").value = endpoints[0].state;
});

document.querySelector("#lose").addEventListener("click", async () => {
  await figure.intervene({ kind: "drop", packet: "client:syn:0" });
  await figure.step(3);
});
