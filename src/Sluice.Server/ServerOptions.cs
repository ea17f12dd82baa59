namespace Sluice.Server;

/// <summary>What Functions keys are on Azure Functions: who may call.</summary>
internal sealed class ServerOptions
{
    /// <summary>The configuration section these options are bound to.</summary>
    public const string Section = "Sluice:Server";

    /// <summary>The keys that open the server, sent as <c>x-functions-key</c> or <c>?code=</c>. Several allow rotation. No default.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>Lets everybody in when there is no key. The default is false: outside of Development the server does not start without keys.</summary>
    public bool AllowAnonymous { get; set; }
}
