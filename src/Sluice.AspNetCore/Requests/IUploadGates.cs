using Microsoft.AspNetCore.Http;
using Sluice.Settings;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Requests;

/// <summary>Finds what decides about uploads: code of the app, a policy service, or both.</summary>
internal interface IUploadGates
{
    /// <summary>Decides about the uploads of a request through Sluice's own routes; null: nobody does.</summary>
    IUploadGate? For(HttpRequest request, UploadKind kind);
}
