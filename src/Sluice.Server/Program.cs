using Sluice.Server;

return args is [HealthProbe.Verb, .. var settings]
    ? await HealthProbe.RunAsync(settings)
    : await SluiceServer.RunAsync(args);
