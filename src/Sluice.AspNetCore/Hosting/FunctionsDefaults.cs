using Sluice.Settings;

namespace Sluice.AspNetCore.Hosting;

/// <summary>Defaults of settings that are others behind the Functions host.</summary>
internal static class FunctionsDefaults
{
    /// <summary>
    /// The host reads a request that declares its length into its own memory. Elsewhere no such limit is announced, because it would also
    /// apply to a request that brings the whole upload (draft-ietf-httpbis-resumable-upload-12, section 4.1.4).
    /// </summary>
    public static void Apply(ResumableOptions options) => options.MaxAppendBytes ??= 16 << 20;
}
