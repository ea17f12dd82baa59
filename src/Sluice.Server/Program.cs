using Sluice.Server;

return await SluiceServer.RunAsync(args);
