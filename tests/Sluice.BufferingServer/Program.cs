using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.BufferingServer;
using Sluice.Server;
using Sluice.Storage;

// The server with one thing wrong: its sink keeps the whole body. The memory tests must say so.
return await SluiceServer.RunAsync(
    args, static services => services.Replace(ServiceDescriptor.Singleton<IBlobUploads, BufferingSinks>()));
