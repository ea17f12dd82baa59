using Sluice.Storage;

namespace Sluice.Events.Messages;

/// <summary>What an announcement says of a body whose commit nobody has seen yet; the blob records the rest.</summary>
/// <param name="Id">The id of the upload, as 32 hex digits.</param>
/// <param name="Container">The container, as clients name it.</param>
/// <param name="Name">The name of the blob.</param>
/// <param name="Origin">Where it came from.</param>
internal sealed record AnnouncedBody(string Id, string Container, string Name, UploadOrigin Origin);
