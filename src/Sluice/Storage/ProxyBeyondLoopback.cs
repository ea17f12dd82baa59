using System.Net;

namespace Sluice.Storage;

/// <summary>
/// The system's proxy (<c>HTTP_PROXY</c> and so on), which is not asked for addresses of this machine: Azurite, and the stub of the warm-up.
/// .NET asks it for those too, unless <c>NO_PROXY</c> lists them.
/// </summary>
internal sealed class ProxyBeyondLoopback(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
}
