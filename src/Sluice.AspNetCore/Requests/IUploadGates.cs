using Microsoft.AspNetCore.Http;
using Sluice.Uploads;

namespace Sluice.AspNetCore.Requests;

/// <summary>Finds the app's own code that decides about uploads.</summary>
internal interface IUploadGates
{
    /// <summary>Decides about the uploads of a request through Sluice's own routes; null: nobody does.</summary>
    IUploadGate? For(HttpRequest request);
}
