namespace Sluice.Benchmarks.Compare;

/// <summary>Where somebody listens on the loopback address.</summary>
/// <param name="Port">The port.</param>
/// <param name="Certificate">What it shows in TLS; null in the open.</param>
internal readonly record struct Listener(int Port, TestCertificate? Certificate = null)
{
    /// <summary>Its address, without a path.</summary>
    public override string ToString() => $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{Port}";
}
