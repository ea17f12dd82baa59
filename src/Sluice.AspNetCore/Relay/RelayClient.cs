using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure.Core;
using Sluice.Downstream;
using Sluice.Failures;
using Sluice.Settings;
using Yarp.ReverseProxy.Forwarder;

namespace Sluice.AspNetCore.Relay;

/// <summary>The client of one target: its connections, its time-outs, its credentials. Created once.</summary>
internal sealed class RelayClient : IDisposable
{
    private readonly Func<TokenCredential> _signIn;

    public RelayClient(RelayTarget target, Func<TokenCredential> signIn, TimeProvider time)
    {
        Target = target;
        Time = time;
        _signIn = signIn;
        var options = target.Options;
        Invoker = new HttpMessageInvoker(new WholeBodyHandler(Handler(options)), disposeHandler: true);
        Config = new ForwarderRequestConfig
        {
            ActivityTimeout = options.IdleTimeout,
            Version = options.HttpVersion == RelayHttpVersion.Http11 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = options.HttpVersion == RelayHttpVersion.Negotiate
                ? HttpVersionPolicy.RequestVersionOrLower
                : HttpVersionPolicy.RequestVersionExact,
        };
    }

    public RelayTarget Target { get; }

    public TimeProvider Time { get; }

    public HttpMessageInvoker Invoker { get; }

    public ForwarderRequestConfig Config { get; }

    /// <summary>
    /// The <c>Authorization</c> that the target's <see cref="RelayTargetOptions.TokenScope"/> requires; null if it has none.
    /// </summary>
    public async ValueTask<Result<string?>> AuthorizationAsync(CancellationToken cancellationToken)
    {
        if (Target.Options.TokenScope is not { Length: > 0 } scope)
        {
            return (string?)null;
        }

        // DefaultAzureCredential tries one source after the other, some of them for half a minute.
        using var limit = new CancellationTokenSource(Target.Options.IdleTimeout, Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // The credential keeps tokens until shortly before they expire.
            return $"Bearer {(await _signIn().GetTokenAsync(new TokenRequestContext([scope]), ends.Token)).Token}";
        }
        // Any exception of a credential: a token endpoint may return anything.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new Failure(
                FailureKind.DownstreamDenied, Phase.Open,
                $"No token could be obtained for the target '{Target.Name}': "
                    + $"check its TokenScope, and the identity and AZURE_CLIENT_ID of this host.");
        }
        catch (Exception)
        {
            return new Failure(
                FailureKind.ClientGone, Phase.Open, "The client disconnected while a token for the downstream service was requested.");
        }
    }

    public void Dispose() => Invoker.Dispose();

    // Bytes, including those of field values, and redirects pass through unchanged; the address is resolved again every few minutes.
    private static SocketsHttpHandler Handler(RelayTargetOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = false,
        };
        if (options.ClientCertificatePath is { Length: > 0 } path)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [X509CertificateLoader.LoadPkcs12FromFile(path, options.ClientCertificatePassword)],
            };
        }

        return handler;
    }
}
