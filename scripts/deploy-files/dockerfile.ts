/** What a linter of syntax does not see: the image must not run as root, must say how it is, and must hold no secret. */
export function faultsOfDockerfile(text: string): readonly string[] {
  const lastStage = text.slice(text.lastIndexOf('\nFROM '));
  const user = /^USER (\S+)/m.exec(lastStage)?.[1] ?? 'root';
  return [
    ...(/^(?:root|0)(?::|$)/.test(user) ? ['The last stage runs as root.'] : []),
    ...(/^HEALTHCHECK /m.test(lastStage) ? [] : ['The last stage has no HEALTHCHECK.']),
    ...(/^(?:ENTRYPOINT|CMD) \[/m.test(lastStage)
      ? []
      : ['The last stage starts through a shell, which keeps SIGTERM to itself.']),
    ...(/^(?:ENV|ARG) .*(?:SECRET|PASSWORD|TOKEN|KEY)\w*=/m.test(text)
      ? ['A secret stands in a layer of the image.']
      : []),
  ];
}
